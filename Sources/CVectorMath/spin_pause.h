#ifndef MARTLET_SPIN_PAUSE_H
#define MARTLET_SPIN_PAUSE_H

/// Tells the processor that the caller only looks again and again whether something has happened.
static inline void martlet_spin_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
