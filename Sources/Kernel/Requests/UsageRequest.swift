import JupyterWire

/// What the kernel uses of the machine; JupyterLab's resource display asks for it.
enum UsageRequest {
  static func answer(_ request: Message, _ kernel: KernelServices) -> Answer { .ok(kernel.usage.usage()) }
}
