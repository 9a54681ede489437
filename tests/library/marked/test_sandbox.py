"""The process with limits in which files are filled in: it works, it stops what is too heavy, it leaves nothing."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from library.marked import jobs, sandbox
from library.marked.faults import Refused, TooHeavy
from library.marked.filled import Shown
from library.marked.reading import read
from library.structure import Field, FieldKind
from tests.library import docx_files as docx

POLE = [Field(name="pole", label="Pole")]
GOOD = docx.marked("{{ pole }}")


@pytest.fixture(autouse=True, scope="module")
def _own_keeper() -> Iterator[None]:
    sandbox.stop()
    yield
    sandbox.stop()


def keeper_pid() -> int:
    sandbox.fill(GOOD, POLE, {})
    return sandbox._keepers[0].process.pid


def test_it_works() -> None:
    data = docx.agreement()
    text = docx.text_of(sandbox.fill(data, read(data).fields, docx.VALUES))
    assert "Zawarte dnia 7\xa0października 2026\xa0r. w\xa0Łódź." in text
    assert "2. | Jan Kowalski | –" in text


def test_the_blank_form_comes_too() -> None:
    assert docx.text_of(sandbox.blank(GOOD, POLE))[0].startswith("……")


def test_a_job_crosses_unchanged() -> None:
    context = {"a": Shown("Żółć\n", True, ("x", "y")), "b": [{"c": Shown("")}]}
    assert jobs.unpacked(jobs.packed(jobs.BLANK, context, b"\x00PK")) == (jobs.BLANK, context, b"\x00PK")


@pytest.mark.parametrize("mark", ["{{ ''.__class__ }}", "{% for i in range(10**9) %}x{% endfor %}", "{{ 'A'*10**9 }}"])
def test_a_hostile_file_is_refused(mark: str) -> None:
    with pytest.raises(Refused, match="nie udało się wypełnić"):
        sandbox.fill(docx.marked(mark), POLE, {})


def test_a_file_that_is_no_document_is_refused_with_its_reason() -> None:
    with pytest.raises(Refused, match="zabezpieczony hasłem"):
        sandbox.fill(docx.encrypted(), POLE, {})


def test_a_billion_rows_end_in_time() -> None:
    """Rows in rows are refused by the grammar; a long list inside a long paragraph must be stopped by the limits."""
    rows = Field(name="x", label="X", kind=FieldKind.ROWS, columns=(Field(name="c", label="C"),))
    began = time.monotonic()
    data = docx.marked("{% for a in x %}" + "{{ a.c }}" * 400 + "{% endfor %}")
    with pytest.raises(TooHeavy, match="zbyt długo"):
        sandbox.fill(data, [rows], {"x": tuple({"c": "x" * 10_000} for _ in range(1_000))})
    assert time.monotonic() - began < jobs.WALL_SECONDS + 2


def test_ten_thousand_rows_by_ten_thousand_are_refused() -> None:
    rows = Field(name="x", label="X", kind=FieldKind.ROWS, columns=(Field(name="c", label="C"),))
    data = docx.marked("{% for a in x %}{% for b in x %}{{ a.c }}{% endfor %}{% endfor %}")
    with pytest.raises(Refused):
        sandbox.fill(data, [rows], {"x": tuple({"c": "1"} for _ in range(10_000))})


def test_a_killed_keeper_is_replaced() -> None:
    first = keeper_pid()
    os.kill(first, signal.SIGKILL)
    assert docx.text_of(sandbox.fill(GOOD, POLE, {"pole": "Nadal"})) == ["Nadal"]
    assert keeper_pid() != first


def test_many_threads_at_once_get_their_own_files() -> None:
    results: dict[int, list[str]] = {}

    def work(number: int) -> None:
        results[number] = docx.text_of(sandbox.fill(GOOD, POLE, {"pole": f"Osoba {number}"}))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: [f"Osoba {number}"] for number in range(8)}


def test_the_keeper_has_no_secrets_of_the_site_and_loads_no_django() -> None:
    pid = keeper_pid()
    environment = Path(f"/proc/{pid}/environ").read_bytes()
    assert os.environ["SECRET_KEY"].encode() not in environment
    assert [name.split(b"=")[0] for name in environment.split(b"\0") if name] == [b"PYTHONPATH"]
    told = subprocess.run(
        [sys.executable, "-c", "import sys, library.marked.keeper; print('django' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


def test_the_site_does_not_load_what_only_the_keeper_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, library.marked.sandbox; print('docxtpl' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


def test_no_child_stays_and_no_file_is_open() -> None:
    pid = keeper_pid()
    sandbox.fill(GOOD, POLE, {"pole": "kanarek"})
    deadline = time.monotonic() + 2
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while children.read_text().strip() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert children.read_text().strip() == ""
    opened = {os.readlink(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd")}
    assert all(name == "/dev/null" or name.startswith("socket:") for name in opened), opened


LIMITED = """
import resource, socket, sys
from library.marked.keeper import limit
limit()
def tried(work):
    try:
        work()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
print(tried(lambda: open(sys.argv[1], "w")))
print(tried(lambda: open("/etc/passwd")))
print(tried(lambda: socket.create_connection(("127.0.0.1", 9))))
print(tried(lambda: bytearray(600 * 1024 * 1024)))
print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_CPU))
"""


def test_the_limits_hold(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "plik")], capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n")[:5] == ["OSError", "OSError", "OSError", "MemoryError", "(0, 0) (5, 6)"]
    assert list(tmp_path.iterdir()) == []


def test_an_endless_loop_is_stopped_by_the_processor_limit() -> None:
    code = "from library.marked import keeper; keeper.CPU_SECONDS = 1; keeper.limit()\nwhile True: pass"
    told = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert told.returncode == -signal.SIGXCPU


def test_a_sleeping_child_is_stopped_by_the_clock() -> None:
    code = "import time; from library.marked import keeper; keeper.WALL_SECONDS = 0.3; keeper.limit(); time.sleep(30)"
    told = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert told.returncode == -signal.SIGALRM


def test_the_keeper_ends_with_the_site() -> None:
    code = (
        "import os, time\nfrom library.marked import sandbox\nsandbox.warm_up()\n"
        "print(sandbox._keepers[0].process.pid, flush=True)\nos._exit(0)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    stat = Path(f"/proc/{told.stdout.strip()}/stat")
    deadline = time.monotonic() + 10
    while stat.exists() and stat.read_text().split()[2] != "Z" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not stat.exists() or stat.read_text().split()[2] == "Z"


def test_ten_pages_with_sixty_fields_and_thirty_rows_cost_little() -> None:
    """The aim is 300 ms on an idle machine; this only notices when it takes ten times as long."""
    document = Document()
    for number in range(60):
        document.add_paragraph(f"Pole: {{{{ pole_{number} }}}}. " + "Strony zgodnie ustalają zasady współpracy. " * 12)
    table = document.add_table(3, 3)
    table.cell(0, 0).text = "{%tr for o in osoby %}"
    for index, column in enumerate(("imie", "funkcja", "telefon")):
        table.cell(1, index).text = f"{{{{ o.{column} }}}}"
    table.cell(2, 0).text = "{%tr endfor %}"
    file = io.BytesIO()
    document.save(file)
    marked = read(file.getvalue())
    rows = tuple({"imie": f"Osoba {n}", "funkcja": "członek", "telefon": "600 000 000"} for n in range(30))
    values = {"osoby": rows, **{f"pole_{number}": f"Wartość {number}" for number in range(60)}}
    sandbox.fill(file.getvalue(), marked.fields, values)
    began = time.monotonic()
    result = sandbox.fill(file.getvalue(), marked.fields, values)
    seconds = time.monotonic() - began
    assert len(Document(io.BytesIO(result)).tables[0].rows) == 30
    assert seconds < 3
