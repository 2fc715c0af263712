#include "warm_compiler.h"
