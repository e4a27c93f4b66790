"""Writes tests/data/documents: small .docx and .pdf by other programs' hands. Needs python-docx 1.2.0, reportlab 5.1.0, pypdf 7.1.1.
Usage: python make_documents.py FOLDER"""
import io
import sys
import zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen import canvas

folder = Path(sys.argv[1])
folder.mkdir(exist_ok=True)


def same_times(data):
    """The same bytes whenever it is written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if "thumbnail" not in name:
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def lathe_docx():
    document = Document()
    document.add_heading("The lathe", level=1)
    document.add_heading("What it does", level=2)
    document.add_paragraph("The work turns,\tthe tool does not.\nA second line & more.")
    paragraph = document.add_paragraph("It is ")
    paragraph._p.append(parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>never </w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(
        f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t xml:space="preserve">often </w:t></w:r></w:ins>'))
    paragraph.add_run("driven by a belt.")
    document.add_paragraph("Chuck", style="List Bullet")
    for text in ("Headstock", "Tailstock"):
        item = document.add_paragraph(text)
        item._p.get_or_add_pPr().append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, (("part", "holds", "turns"), ("chuck", "the\nwork", "yes"))):
        for cell, text in zip(row.cells, cells):
            cell.text = text
    own = document.styles.add_style("My chapter", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("선반의 역사", style="My chapter")
    document.add_paragraph("처음에는 활로 돌렸다.")
    out = io.BytesIO()
    document.save(out)
    return same_times(out.getvalue())


def draw(pages, bookmarks):
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=A5, invariant=1)
    for number, lines in enumerate(pages, 1):
        text = pdf.beginText(50, 540)
        text.setFont("Helvetica", 11)
        for line in lines:
            if line in bookmarks:
                key = f"b{number}{line}"
                pdf.bookmarkPage(key)
                pdf.addOutlineEntry(bookmarks[line], key, 0)
            text.textLine(line)
        pdf.drawText(text)
        pdf.drawCentredString(210, 30, str(number))
        pdf.showPage()
    pdf.save()
    return out.getvalue()


PAGES = [
    ["A short book", "", "Contents", "Turning . . . . . . 2", "Milling . . . . . . 3", "Boring . . . . . . 3", "Filing . . . . . . 4"],
    ["1 Turning", "The work is held in a chuck and turns with the spin-", "dle, while the tool moves along its well-", "known path."],
    ["What was said of turning holds on this page too.", "2 Milling", "Here the tool turns.", "3 Boring", "A hole is made wider."],
    ["4 Filing", "By hand."],
]
BOOKMARKS = {"1 Turning": "Turning", "2 Milling": "Milling", "3 Boring": "3 Boring", "4 Filing": "Filing"}


def columns():
    out = io.BytesIO()
    pdf = canvas.Canvas(out, pagesize=A5, invariant=1)
    pdf.setFont("Helvetica", 9)
    for row in range(12):
        pdf.drawString(40, 540 - 12 * row, f"left column, line {row + 1}")
        pdf.drawString(230, 540 - 12 * row, f"right column, line {row + 1}")
    pdf.showPage()
    pdf.save()
    return out.getvalue()


def encrypted(data):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


long_pages = [[f"Page {page}, line {line}: the quick brown fox jumps over it." for line in range(34)] for page in range(1, 6)]
files = {
    "lathe.docx": lathe_docx(),
    "chapters.pdf": draw(PAGES, BOOKMARKS),
    "plain.pdf": draw(long_pages, {}),
    "columns.pdf": columns(),
    "secret.pdf": encrypted(draw([["hidden"]], {})),
}
for name, data in files.items():
    (folder / name).write_bytes(data)
    print(name, len(data))
