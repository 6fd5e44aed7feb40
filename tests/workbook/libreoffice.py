"""LibreOffice as a second pair of eyes: saves a workbook again, computing what has no value yet."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def saved_again(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Return the ``files`` as LibreOffice saves them into ``folder``, as ``ods`` or ``xlsx``."""
    assert SOFFICE is not None
    home = (folder / "profile").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=180)
    return [folder / f"{file.stem}.{kind}" for file in files]


_BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Typist" script:language="StarBasic">
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  Dim text(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  text(0).Name = "StringName"
  hand = createUnoService("com.sun.star.frame.DispatchHelper")
  orders = FreeFile
  Open "{orders}" For Input As #orders
  While Not Eof(orders)
    Line Input #orders, said
    part = Split(said, Chr(9))
    If part(0) = "open" Then
      book = StarDesktop.loadComponentFromURL(part(1), "_blank", 0, hidden())
    ElseIf part(0) = "save" Then
      book.storeToURL(part(1), kind())
      book.close(True)
    Else
      book.CurrentController.select(book.Sheets.getByIndex(0).getCellByPosition(CLng(part(2)) - 1, CLng(part(1)) - 1))
      text(0).Value = part(3)
      hand.executeDispatch(book.CurrentController.Frame, ".uno:EnterString", "", 0, text())
    End If
  Wend
  Close #orders
  StarDesktop.terminate()
End Sub
</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Typist"/></library:library>"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
_FRENCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value>
</prop></item></oor:items>"""


def typed_into(files: Mapping[Path, Sequence[tuple[int, int, str]]], folder: Path) -> dict[Path, Path]:
    """Return each file as LibreOffice, set to French, saves it into ``folder`` once its cells are typed in.

    A cell is row, column and what a person types; it goes the way of the keyboard, so a locked cell stays as it is.
    """
    assert SOFFICE is not None
    home = folder / "profile"
    basic = home / "user" / "basic"
    (basic / "Standard").mkdir(parents=True)
    saved = {file: folder / file.name for file in files}
    orders = []
    for file, cells in files.items():
        orders.append(f"open\t{file.resolve().as_uri()}")
        orders += [f"type\t{row}\t{column}\t{text}" for row, column, text in cells]
        orders.append(f"save\t{saved[file].resolve().as_uri()}")
    (folder / "orders.txt").write_text("\n".join(orders), encoding="ascii")
    module = _BASIC.replace("{orders}", str((folder / "orders.txt").resolve()))
    (basic / "Standard" / "Typist.xba").write_text(module, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (home / "user" / "registrymodifications.xcu").write_text(_FRENCH, encoding="utf-8")
    macro = "vnd.sun.star.script:Standard.Typist.Main?language=Basic&location=application"
    command = [SOFFICE, f"-env:UserInstallation={home.as_uri()}", "--headless", "--norestore", macro]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return saved
