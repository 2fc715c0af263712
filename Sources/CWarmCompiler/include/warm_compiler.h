// The shim has no interface: it is preloaded into the compiler.
