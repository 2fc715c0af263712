#include "code_range.h"

#include <dlfcn.h>
#include <link.h>
#include <stddef.h>

#include "guarded_thread.h"

code_range code_range_of_function(const char *name) {
  critical_enter();
  void *function = dlsym(RTLD_DEFAULT, name);
  Dl_info image;
  ElfW(Sym) *symbol = NULL;
  bool is_found = function && dladdr1(function, &image, (void **)&symbol, RTLD_DL_SYMENT) && symbol;
  critical_leave();
  if (!is_found) return (code_range){0, 0};
  return (code_range){(uintptr_t)function, (uintptr_t)function + symbol->st_size};
}

typedef struct {
  const void *address;
  code_range code;
} image_search;

static int visit_image(struct dl_phdr_info *image, size_t size, void *argument) {
  (void)size;
  image_search *search = argument;
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
    uintptr_t low = image->dlpi_addr + segment->p_vaddr;
    code_range code = {low, low + segment->p_memsz};
    bool is_code = segment->p_type == PT_LOAD && (segment->p_flags & PF_X);
    if (is_code && code_range_contains(code, search->address)) search->code = code;
  }
  return search->code.high != 0;
}

code_range code_range_of_image(const char *function) {
  critical_enter();
  image_search search = {dlsym(RTLD_DEFAULT, function), {0, 0}};
  if (search.address) dl_iterate_phdr(visit_image, &search);
  critical_leave();
  return search.code;
}
