"""What pandas, NumPy and Python's strptime make of categories, single precision and dates in other formats."""

from datetime import datetime, timezone

import numpy as np
import pandas as pd

from reference import save

sizes = ["M", "S", None, "XL", "S", "M", "L", "M", None, "S"]
amounts = [5, 3, 9, 1, 4, 4, 2, 7, 6, 8]
order = ["S", "M", "L", "XL", "XXL"]
frame = pd.DataFrame({"size": pd.Categorical(sizes, categories=order, ordered=True), "amount": amounts, "row": range(len(sizes))})
groups = frame.groupby("size", observed=True, dropna=False)["amount"]
sums = groups.sum()
categories = {
    "order": order,
    "sizes": sizes,
    "amounts": amounts,
    "codes": [None if code < 0 else int(code) for code in frame["size"].cat.codes],
    "ascending": frame.sort_values("size", kind="stable")["row"].tolist(),
    "descending": frame.sort_values("size", kind="stable", ascending=False)["row"].tolist(),
    "groups": [None if pd.isna(name) else str(name) for name in sums.index],
    "sums": [int(value) for value in sums],
    "atLeastM": [bool(value) for value in (frame["size"] >= "M")],
    "lexical": [int(code) for code in pd.Categorical([size for size in sizes if size]).codes],
    "least": str(frame["size"].min()),
    "largest": str(frame["size"].max()),
}

doubles = [0.1, 1 / 3, 16777217.0, 1e-45, 3.4e38, -2.5, float(np.float32(0.7))]
singles = {"doubles": doubles, "floats": [float(np.float32(value)) for value in doubles]}

written = [
    ("dd/MM/yyyy", "%d/%m/%Y", "03/04/2026"),
    ("MM/dd/yyyy", "%m/%d/%Y", "03/04/2026"),
    ("d.M.yy", "%d.%m.%y", "7.11.68"),
    ("d.M.yy", "%d.%m.%y", "7.11.69"),
    ("dd-MMM-yyyy HH:mm:ss", "%d-%b-%Y %H:%M:%S", "29-Feb-2024 23:59:58"),
    ("MMMM d, yyyy h:mm a", "%B %d, %Y %I:%M %p", "July 4, 1999 12:05 AM"),
    ("MMMM d, yyyy h:mm a", "%B %d, %Y %I:%M %p", "July 4, 1999 3:05 PM"),
    ("EEE, dd MMM yyyy HH:mm:ss Z", "%a, %d %b %Y %H:%M:%S %z", "Sun, 01 Mar 2026 12:00:00 +0230"),
    ("yyyyMMdd'T'HHmmss.SSS", "%Y%m%dT%H%M%S.%f", "19691231T235959.250"),
]
dates = []
for swift, python, text in written:
    instant = datetime.strptime(text, python)
    instant = instant if instant.tzinfo else instant.replace(tzinfo=timezone.utc)
    dates.append({"format": swift, "text": text, "seconds": instant.timestamp()})

save("MartletFrames", "columns", {"categories": categories, "singles": singles, "dates": dates})
