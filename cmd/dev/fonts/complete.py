"""Completes the program's fonts: what Noto Sans SC lacks is copied from its sisters, outline by outline.

    python3 complete.py SC.ttf OUT.ttf private|plain LATIN.ttf DONOR.ttf ...

The donors are asked in their order; LATIN is one of them and gives letters and currency signs only (ž ť ą ł ő ș ₽). "private" is for paper, with
donors LATIN, Noto Sans JP and HK, which have characters beyond U+FFFF such as U+20BB7: gofpdf knows 16 bits only, so each of these stands a second
time in the private use area, from U+E000 in ascending order of all that the font has there; package paper finds them the same way. "plain" is for
the screen, whose font was cut: donors are the whole Noto Sans SC, LATIN, JP and HK, and no ideograph below U+10000 comes back.
All fonts have 1,000 units an em. fonttools 4.38.
"""
import sys
import unicodedata

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable


def wanted(code, latin):
    if 0xD800 <= code <= 0xF8FF or code < 0x20:
        return False
    kind = unicodedata.category(chr(code))
    return kind[0] in "LP" or kind in ("Sc", "Sm", "So") if latin else True


def copy(font, donor, name, new):
    glyphs = donor.getGlyphSet()
    record = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(record)
    pen = TTGlyphPen(None)
    record.replay(pen)
    font["glyf"][new] = pen.glyph()
    font["hmtx"][new] = donor["hmtx"][name]
    if "vmtx" in font:
        font["vmtx"][new] = (1000, 0)


def main(source, out, mode, latin, *donors):
    font = TTFont(source)
    best = dict(font.getBestCmap())
    for path in donors:
        donor = TTFont(path)
        assert donor["head"].unitsPerEm == font["head"].unitsPerEm
        for code, name in sorted(donor.getBestCmap().items()):
            if code in best or not wanted(code, path == latin) or mode == "plain" and 0x2E80 <= code <= 0xFFFF:
                continue
            new = "u%05X" % code
            copy(font, donor, name, new)
            best[code] = new
    if mode == "private":
        high = sorted(c for c in best if c > 0xFFFF)
        assert len(high) <= 0x1900
        for i, code in enumerate(high):
            best[0xE000 + i] = best[code]
    tables = []
    for form, enc, keep in ((4, 1, lambda c: c <= 0xFFFF), (12, 10, lambda c: True)):
        t = CmapSubtable.newSubtable(form)
        t.platformID, t.platEncID, t.language, t.format = 3, enc, 0, form
        t.cmap = {c: g for c, g in best.items() if keep(c)}
        tables.append(t)
    font["cmap"].tables = tables
    for tag in ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    font.save(out)


main(*sys.argv[1:])
