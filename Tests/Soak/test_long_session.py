"""A session of many cells: what a cell costs at its end, and what has piled up."""

import statistics

import parameters

# What people write, again and again: a cell that is edited and run again has the same `identifier` in the frontend.
KINDS = [
    lambda n: f"let value{n} = {n} * 2",
    lambda n: f"value{n - 1} + {n}",
    lambda n: f'print("round", {n})',
    lambda n: f"func half{n}(_ x: Double) -> Double {{ x / {n}.0 }}\nhalf{n}(10)",
    lambda n: f"struct Point{n} {{ var x = 0.0, y = {n}.0 }}\nlet point{n} = Point{n}()",
    lambda n: f"var total = 0\nfor i in 0..<{n} {{ total += i }}\ntotal",
    lambda n: f'names.append("n{n}")\nnames.count',
    lambda n: f"names.sorted().first!.count + {n}",
    lambda n: f"display([{n}, {n + 1}])",
    lambda n: f"let missing = value{n}",  # does not compile: everybody's most frequent cell
]


def completed(kernel, code):
    asked = kernel.request("complete_request", {"code": code, "cursor_pos": len(code)})
    return kernel.reply_to(asked)["content"]["matches"]


def test_many_cells(kernel, report):
    kernel.succeeds("import Foundation\nimport Martlet\nvar names: [String] = []\nlet first = \"kept\"")
    cells = parameters.count("cells")
    block = max(10, cells // 20)
    costs, marks = [], []
    for n in range(cells):
        before = kernel.cpu()
        # The mark keeps an earlier run's compiled cells from being used.
        exchange = kernel.run(f"{KINDS[n % len(KINDS)](n)}  // {kernel.mark}")
        costs.append(1000 * (kernel.cpu() - before))
        assert exchange.content["status"] == ("error" if n % len(KINDS) == 9 else "ok"), exchange.content
        if n % 100 == 50:
            assert "count" in completed(kernel, "names.coun"), f"completion after {n} cells"
            assert f"value{n - 50}" in completed(kernel, f"let a = value{n - 50}"), f"completion of an earlier name after {n} cells"
        if n % block == block - 1:
            marks.append((n + 1, kernel.memory(), kernel.descriptors(), kernel.files()))
            done, memory, descriptors, (files, size) = marks[-1]
            report(
                f"after {done} cells: median {statistics.median(costs[-block:]):.0f} ms of CPU time, mean {statistics.mean(costs[-block:]):.0f}; "
                f"MB {memory}, descriptors {descriptors}, {files} files of {size / 1e6:.1f} MB in the cell folder"
            )

    hundred = min(100, cells // 4)
    early = costs[9 * hundred:10 * hundred] if cells >= 20 * hundred else costs[hundred:2 * hundred]
    late = costs[-hundred:]
    report(f"CPU time of a cell: median {statistics.median(early):.0f} ms early, {statistics.median(late):.0f} ms in the last {hundred}; mean {statistics.mean(early):.0f} and {statistics.mean(late):.0f} ms")
    for kind in range(len(KINDS)):
        first, last = [statistics.median(costs[start + (kind - start) % len(KINDS):start + hundred:len(KINDS)]) for start in (hundred, cells - hundred)]
        report(f"  {KINDS[kind](7).splitlines()[0]!r}: {first:.0f} ms early, {last:.0f} ms late")

    assert kernel.succeeds("first") == '"kept"'
    first_half, end = marks[len(marks) // 2], marks[-1]
    for role, opened in end[2].items():
        assert opened <= first_half[2].get(role, opened) + 4, f"the {role} keeps files open: {first_half[2]} then {end[2]}"
    for role, limit in {"kernel": 200, "worker": 400, "compiler": 600, "helper": 900}.items():
        assert end[1].get(role, 0) < limit, f"the {role} has {end[1][role]} MB after {cells} cells"
    assert end[3][1] < 200e6, "the cell folder"
    assert statistics.mean(late) < 2 * statistics.mean(early), "a late cell costs about what an early one does"
