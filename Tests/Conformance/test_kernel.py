"""jupyter_kernel_test with every knob set that the kernel supports."""

import os
import tempfile

import jupyter_kernel_test


class MartletKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "martlet"
    language_name = "swift"

    @classmethod
    def setUpClass(cls):
        # The search for cells expects what this class has run, and nothing of what other tests have.
        shared = os.environ["XDG_DATA_HOME"]
        os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp(dir=os.path.dirname(shared))
        super().setUpClass()
        os.environ["XDG_DATA_HOME"] = shared

    file_extension = ".swift"

    code_hello_world = 'print("hello, world")'
    code_stderr = 'import Foundation\nfputs("to standard error\\n", stderr)'
    code_page_something = "%help"
    code_generate_error = "let empty: [Int] = []\nempty[3]"
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": '"a" + "b"', "result": '"ab"'},
        {"code": "[1, 2].map { $0 * 2 }", "result": "[2, 4]"},
    ]
    code_display_data = [
        {"code": 'import Martlet\ndisplay(HTML("<b>bold</b>"))', "mime": "text/html"},
        {"code": 'import Martlet\ndisplay("text")', "mime": "text/plain"},
    ]
    code_clear_output = "import Martlet\nclearOutput(wait: true)"

    completion_samples = [
        {"text": "prin"},
        {"text": "[1, 2].isEmp", "matches": {"isEmpty"}},
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "1?[+]*"
    code_inspect_sample = "print"
    complete_code_samples = ["1 + 1", 'print("hello, world")', "func f(_ x: Int) -> Int {\n  x * 2\n}", "// a comment", "let x = [\n  1,\n]"]
    incomplete_code_samples = ["func f() {", "let x = [1,", "if true {\n  print(1)", 'let s = """\ntext', "/* open"]
    invalid_code_samples = ["let = 3", "}", "func 1() {}"]


class MartletWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "martlet"
    support_iopub_welcome = True
