"""NIST's Statistical Reference Datasets: Filip and eight of the nine univariate ones, with their certified values.

The ninth, PiDigits, is left out: the certified sum of its 5000 digits is 22,674, that of the first 5000 digits of π 22,679.

Each certified value is worked out here again in exact arithmetic, so that a slip in the data or in a value is found.
Source: National Institute of Standards and Technology, Statistical Reference Datasets (public domain).
"""
from decimal import Decimal, getcontext
from fractions import Fraction
from reference import save

getcontext().prec = 60
LEW = """-213 -564 -35 -15 141 115 -420 -360 203 -338 -431 194 -220 -513 154 -125 -559 92 -21 -579 -52 99 -543 -175 162 -457
-346 204 -300 -474 164 -107 -572 -8 83 -541 -224 180 -420 -374 201 -236 -531 83 27 -564 -112 131 -507 -254 199 -311 -495 143
-46 -579 -90 136 -472 -338 202 -287 -477 169 -124 -568 17 48 -568 -135 162 -430 -422 172 -74 -577 -13 92 -534 -243 194 -355
-465 156 -81 -578 -64 139 -449 -384 193 -198 -538 110 -44 -577 -6 66 -552 -164 161 -460 -344 205 -281 -504 134 -28 -576 -118
156 -437 -381 200 -220 -540 83 11 -568 -160 172 -414 -408 188 -125 -572 -32 139 -492 -321 205 -262 -504 142 -83 -574 0 48
-571 -106 137 -501 -266 190 -391 -406 194 -186 -553 83 -13 -577 -49 103 -515 -280 201 300 -506 131 -45 -578 -80 138 -462 -361
201 -211 -554 32 74 -533 -235 187 -372 -442 182 -147 -566 25 68 -535 -244 194 -351 -463 174 -125 -570 15 72 -550 -190 172
-424 -385 198 -218 -536 96"""
LOTTERY = """162 671 933 414 788 730 817 33 536 875 670 236 473 167 877 980 316 950 456 92 517 557 956 954 104 178 794 278
147 773 437 435 502 610 582 780 689 562 964 791 28 97 848 281 858 538 660 972 671 613 867 448 738 966 139 636 847 659 754 243
122 455 195 968 793 59 730 361 574 522 97 762 431 158 429 414 22 629 788 999 187 215 810 782 47 34 108 986 25 644 829 630 315
567 919 331 207 412 242 607 668 944 749 168 864 442 533 805 372 63 458 777 416 340 436 140 919 350 510 572 905 900 85 389 473
758 444 169 625 692 140 897 672 288 312 860 724 226 884 508 976 741 476 417 831 15 318 432 241 114 799 955 833 358 935 146
630 830 440 642 356 373 271 715 367 393 190 669 8 861 108 795 269 590 326 866 64 523 862 840 219 382 998 4 628 305 747 247 34
747 729 645 856 974 24 568 24 694 608 480 410 729 947 293 53 930 223 203 677 227 62 455 387 318 562 242 428 968"""
# In units of 0.0001 above 2.
MAVRO = """18 17 18 19 18 17 15 14 15 15 17 18 18 19 19 21 20 16 14 13 13 15 15 16 15 14 13 14 15 14 15 16 15 16 19 20 20
21 22 23 24 25 27 26 26 26 27 26 25 24"""
# In units of 0.01 above 299.
MICHELSON = """85 74 90 107 93 85 95 98 98 88 100 98 93 65 76 81 100 100 96 96 96 94 96 94 88 80 85 88 90 84 83 79 81 88 88
83 80 79 76 80 88 88 88 86 72 72 62 86 97 95 88 91 85 87 84 84 85 84 84 84 89 81 81 82 80 77 76 74 75 76 91 92 89 86 88 72
84 85 85 78 89 84 78 81 76 81 79 81 82 85 87 87 81 74 81 94 95 80 81 87"""
FILIP_Y = """8116 9072 9052 9039 8053 8377 8667 8809 7975 8162 8515 8766 8885 8859 8959 8913 8959 8971 9021 9090 9139 9199
8692 8872 8900 8910 8977 9035 9078 7675 7705 7713 7736 7775 7841 7971 8329 8641 8804 7668 7633 7678 7697 7700 7749 7796 7897
8131 8498 8741 8061 8460 8751 8856 8919 8934 8940 8957 9047 9129 9209 9219 7739 7681 7665 7703 7702 7761 7809 7961 8253 8602
8809 8301 8664 8834 8898 8964 8963 9074 9119 9228"""
FILIP_X = """6.860120914 4.324130045 4.358625055 4.358426747 6.955852379 6.661145254 6.355462942 6.118102026 7.115148017
6.815308569 6.519993057 6.204119983 5.853871964 6.109523091 5.79832982 5.482672118 5.171791386 4.851705903 4.517126416
4.143573228 3.709075441 3.499489089 6.300769497 5.953504836 5.642065153 5.031376979 4.680685696 4.329846955 3.928486195
8.56735134 8.363211311 8.107682739 7.823908741 7.522878745 7.218819279 6.920818754 6.628932138 6.323946875 5.991399828
8.781464495 8.663140179 8.473531488 8.247337057 7.971428747 7.676129393 7.352812702 7.072065318 6.774174009 6.478861916
6.159517513 6.835647144 6.53165267 6.224098421 5.910094889 5.598599459 5.290645224 4.974284616 4.64454848 4.290560426
3.885055584 3.408378962 3.13200249 8.726767166 8.66695597 8.511026475 8.165388579 7.886056648 7.588043762 7.283412422
6.995678626 6.691862621 6.392544977 6.067374056 6.684029655 6.378719832 6.065855188 5.752272167 5.132414673 4.811352704
4.098269308 3.66174277 3.2644011"""
FILIP = {  # the coefficients of 1, x, …, x¹⁰ and their standard deviations
    "coefficients": ["-1467.48961422980", "-2772.17959193342", "-2316.37108160893", "-1127.97394098372", "-354.478233703349",
                     "-75.1242017393757", "-10.8753180355343", "-1.06221498588947", "-0.0670191154593408",
                     "-0.00246781078275479", "-0.0000402962525080404"],
    "errors": ["298.084530995537", "559.779865474950", "466.477572127796", "227.204274477751", "71.6478660875927",
               "15.2897178747400", "2.23691159816033", "0.221624321934227", "0.0142363763154724", "0.000535617408889821",
               "0.00000896632837373868"]}


def root(value):
    return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def check(certified, exact, name):
    exact = Decimal(exact.numerator) / Decimal(exact.denominator) if isinstance(exact, Fraction) else exact
    error = abs(Decimal(certified) - exact) / max(abs(exact), Decimal("1e-30"))
    assert error < Decimal("1e-13"), (name, certified, exact)


def near_constant(start, low, high):
    return [start] + [low, high] * 500


def univariate(name, values, mean, deviation):
    exact = [Fraction(value) for value in values]
    middle = sum(exact) / len(exact)
    spread = sum((value - middle) ** 2 for value in exact) / (len(exact) - 1)
    check(mean, middle, name)
    check(deviation, root(spread), name)
    return {"name": name, "mean": float(mean), "deviation": float(deviation)}


def solve(matrix, right):
    """Gauss and Jordan in fractions; `right` has several columns."""
    rows = [list(a) + list(b) for a, b in zip(matrix, right)]
    n = len(rows)
    for k in range(n):
        pivot = next(i for i in range(k, n) if rows[i][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for i in range(n):
            if i != k and rows[i][k] != 0:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k])]
    return [row[n:] for row in rows]


michelson = [Fraction(29900 + int(v), 100) for v in MICHELSON.split()]
mavro = [Fraction(20000 + int(v), 10000) for v in MAVRO.split()]
sets = [
    ("Lottery", [int(v) for v in LOTTERY.split()], "518.958715596330", "291.699727470969"),
    ("Lew", [int(v) for v in LEW.split()], "-177.435000000000", "277.332168044316"),
    ("Mavro", mavro, "2.00185600000000", "0.000429123454003053"),
    ("Michelso", michelson, "299.852400000000", "0.0790105478190518"),
    ("NumAcc1", [10000001, 10000003, 10000002], "10000002", "1"),
    ("NumAcc2", near_constant(*map(Fraction, ("1.2", "1.1", "1.3"))), "1.2", "0.1"),
    ("NumAcc3", near_constant(*map(Fraction, ("1000000.2", "1000000.1", "1000000.3"))), "1000000.2", "0.1"),
    ("NumAcc4", near_constant(*map(Fraction, ("10000000.2", "10000000.1", "10000000.3"))), "10000000.2", "0.1"),
]
certified = [univariate(*entry) for entry in sets]

x = [-Fraction(v) for v in FILIP_X.split()]
y = [Fraction(int(v), 10000) for v in FILIP_Y.split()]
powers = [[v ** k for k in range(11)] for v in x]
normal = [[sum(row[i] * row[j] for row in powers) for j in range(11)] for i in range(11)]
moments = [[sum(row[i] * v for row, v in zip(powers, y))] for i in range(11)]
solved = solve(normal, [m + [Fraction(int(i == j)) for j in range(11)] for i, m in enumerate(moments)])
beta = [row[0] for row in solved]
residual = sum((v - sum(b * p for b, p in zip(beta, row))) ** 2 for row, v in zip(powers, y)) / (len(x) - 11)
for k in range(11):
    check(FILIP["coefficients"][k], beta[k], f"Filip B{k}")
    check(FILIP["errors"][k], root(residual * solved[k][k + 1]), f"Filip SD B{k}")
save("MartletNumerics", "nist", {
    "univariate": certified, "lottery": [int(v) for v in LOTTERY.split()], "lew": [int(v) for v in LEW.split()],
    "mavro": [float(v) for v in mavro], "michelson": [float(v) for v in michelson],
    "filip": {"x": [float(v) for v in x], "y": [float(v) for v in y], "coefficients": [float(v) for v in FILIP["coefficients"]],
              "errors": [float(v) for v in FILIP["errors"]]}})
