"""Copy what Palkkio uses of the installed npm packages to var/vendor: style sheets, and fonts for PDF files.

Of hds-core its fonts.css stays behind, since it fetches fonts from another host.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "var" / "vendor"
SHEETS = ["base.min.css", "components/all.min.css"]
FONTS = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"]


def main() -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name in SHEETS:
        source = (MODULES / "hds-core" / "lib" / name).read_text()
        target = VENDOR / "hds" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        # The maps stay behind, and a manifest of static files wants every file that is named.
        target.write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", source))
    family = MODULES / "@expo-google-fonts" / "source-sans-3"
    (VENDOR / "fonts").mkdir(parents=True)
    for weight in FONTS:
        shutil.copy(family / weight / f"SourceSans3_{weight}.ttf", VENDOR / "fonts")
    shutil.copy(family / "LICENSE_FONT", VENDOR / "fonts")


if __name__ == "__main__":
    main()
