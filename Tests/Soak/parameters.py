"""How much of everything is done: all of it, or with `MARTLET_SOAK=short` what continuous integration has time for.

Each number can be set by itself: `MARTLET_SOAK_TRAPS=50`. `MARTLET_SOAK_SEED` repeats a run's random choices.
"""

import os
import random

COUNTS = {
    # name: (all of it, short)
    "traps": (1000, 46),
    "interrupts": (1000, 25),
    "cells": (2000, 60),
    "messages": (10_000, 400),  # on each channel
    "kernels": (50, 4),
}


def count(name):
    whole, short = COUNTS[name]
    return int(os.environ.get(f"MARTLET_SOAK_{name.upper()}", short if os.environ.get("MARTLET_SOAK") == "short" else whole))


SEED = int(os.environ.get("MARTLET_SOAK_SEED", random.SystemRandom().randrange(1 << 32)))
