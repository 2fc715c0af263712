"""Pictures as Pillow decodes and resizes them, for the tests of MartletNumerics' images and MartletDatasets."""
import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

from reference import TESTS, save

photo = Image.open(TESTS.parent / "Sources/MartletDatasets/Data/china.jpg").convert("RGB")
pixels = np.asarray(photo)
part = photo.crop((200, 100, 264, 148))


def packed(image):
    return base64.b64encode(np.asarray(image).tobytes()).decode()


METHODS = {"nearest": Image.Resampling.NEAREST, "bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
sizes = [(12, 16), (17, 29), (48, 64), (96, 100), (5, 128)]
cases = [
    {"method": name, "height": h, "width": w, "pixels": packed(part.resize((w, h), method))}
    for name, method in METHODS.items() for h, w in sizes
    # The middle of a new pixel on the border of two old ones: Pillow's fixed point takes the left one, we take the right one.
    if (name, w) != ("nearest", 100)
]

# A picture that fades out: Pillow weighs colours by their opacity before it mixes them.
veiled = part.convert("RGBA")
veiled.putalpha(Image.fromarray(np.add.outer(np.arange(48) * 4, np.arange(64) * 2).clip(0, 255).astype(np.uint8)))
veiled_cases = [
    {"method": name, "height": h, "width": w, "pixels": packed(veiled.resize((w, h), METHODS[name]))}
    for name in ["bilinear", "bicubic"] for h, w in [(12, 16), (17, 29), (96, 128), (5, 128)]
]


def encoded(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return base64.b64encode(file.getvalue()).decode()


tiny = part.crop((0, 0, 6, 4))
palette = tiny.quantize(8)
rgba = tiny.convert("RGBA")
rgba.putalpha(128)
files = {
    "rgb": (encoded(tiny, "PNG"), tiny), "grey": (encoded(tiny.convert("L"), "PNG"), tiny.convert("L")),
    "palette": (encoded(palette, "PNG"), palette.convert("RGB")), "rgba": (encoded(rgba, "PNG"), rgba),
    "jpegGrey": (encoded(tiny.convert("L"), "JPEG", quality=95), None),
}
for name in ["jpegGrey"]:
    files[name] = (files[name][0], Image.open(io.BytesIO(base64.b64decode(files[name][0]))))
save("MartletNumerics", "images", {
    "veiled": packed(veiled), "veiledCases": veiled_cases, "crop": packed(part), "height": 48, "width": 64, "cases": cases,
    "grey": packed(part.convert("L")),
    "files": {name: {"base64": data, "shape": list(np.atleast_3d(np.asarray(image)).shape), "pixels": packed(image)}
              for name, (data, image) in files.items()},
})
save("MartletDatasets", "photograph", {
    "shape": list(pixels.shape), "channelSums": pixels.sum(axis=(0, 1)).tolist(),
    "corner": pixels[:2, :3].ravel().tolist(),
})
