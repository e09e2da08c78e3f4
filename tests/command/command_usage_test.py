# SPDX-License-Identifier: Apache-2.0
"""Bad usage names the word and exits with 2; help and version exit with 0."""
import unittest

from command_runner import run

SUBCOMMANDS = ["devices", "list", "explain", "verify", "check", "bench", "quantize"]
BAD = [
    ([], "subcommand"),
    (["frobnicate"], '"frobnicate"'),
    (["--frob"], '"--frob"'),
    (["devices", "extra"], '"extra"'),
    (["list", "--op", "frob"], '"frob"'),
    (["list", "--frob"], '"--frob"'),
    (["explain"], "operator"),
    (["explain", "frob", "1x1x1"], '"frob"'),
    (["explain", "gemm", "1x2"], '"1x2"'),
    (["explain", "conv", "ic4_ih5_oc4_kh9"], '"ic4_ih5_oc4_kh9"'),
    (["explain", "conv", "ic4_ih5_oc4_kh3", "--types", "f32s8f32"], "f32s8f32"),
    (["explain", "gemm", "-1x2x3"], '"-1x2x3"'),
    (["explain", "gemm", "1x2x99999999999"], '"1x2x99999999999"'),
    (["explain", "gemm", "1x2x3", "--types", "u8s8"], '"u8s8"'),
    (["explain", "gemm", "1x2x3", "--types", "s32s8s8"], "s32s8s8"),
    (["explain", "gemm", "1x2x3", "4"], '"4"'),
    (["verify", "--variant", "gemm_unknown"], '"gemm_unknown"'),
    (["verify", "--seed", "abc"], '"abc"'),
    (["verify", "--seed"], "--seed"),
    (["verify", "--seed", "-1"], '"-1"'),
    (["verify", "--quick", "--full"], "--full"),
    (["verify", "--quick=1"], '"--quick=1"'),
    (["verify", "--case", "99999999"], "99999999"),
    (["verify", "--case", "3"], "--op"),
    (["verify", "--op", "frob"], '"frob"'),
    (["verify", "--op", "dynamic_quantize"], '"dynamic_quantize"'),
    (["check"], "case file"),
    (["bench", "--suite", "no-such-suite"], '"no-such-suite"'),
    (["bench", "--suite", "square", "--shape", "1x1x1"], "--shape"),
    (["bench", "--suite", "square", "--types", "f32s8f32"], '"f32s8f32"'),
    (["bench", "--shape", "1x1"], '"1x1"'),
    (["bench", "--shape", "0x1x1"], '"0x1x1"'),
    (["bench", "--shape", "ic4_ih5_oc4"], '"ic4_ih5_oc4"'),
    (["bench", "--shape", "ic4_ih5_oc4_kh3", "--rotate"], "--rotate"),
    (["bench", "--op", "frob"], '"frob"'),
    (["bench", "--op", "split"], '"split"'),
    (["bench", "--op", "pool", "--shape", "1x8x8x4:k3:k2"], '"k2"'),
    (["bench", "--op", "pool", "--shape", "1x8x8x4:log"], '"log"'),
    (["bench", "--op", "add", "--shape", "1x8x"], '"1x8x"'),
    (["bench", "--op", "add", "--shape", "0x8"], '"0x8"'),
    (["bench", "--op", "add", "--shape", "1x8", "--types", "u8s8u8"], '"u8s8u8"'),
    (["explain", "pool", "1x2x2x4:k3"], '"1x2x2x4:k3"'),
    (["explain", "transpose", "2x3:perm00"], '"2x3:perm00"'),
    (["explain", "split", "4x4"], '"split"'),
    (["bench", "--op", "conv", "--suite", "llama"], "no shape of conv"),
    (["bench", "--peer", "onednn,foo"], '"foo"'),
    (["bench", "--min-time", "0"], '"0"'),
    (["bench", "--min-time", "soon"], '"soon"'),
    (["bench", "--variant", "gemm_unknown"], '"gemm_unknown"'),
]


class Usage(unittest.TestCase):
    def test_bad_words(self):
        for words, named in BAD:
            with self.subTest(words=words):
                status, out, err = run(*words)
                self.assertEqual(status, 2, err)
                self.assertIn(named, err)
                self.assertEqual(out, "")

    def test_help(self):
        status, out, _ = run("--help")
        self.assertEqual(status, 0)
        for name in SUBCOMMANDS:
            self.assertIn(f"\n  {name} ", out)
            status, text, err = run(name, "--help")
            self.assertEqual((status, err), (0, ""))
            self.assertIn(f"usage: clqnn {name}", text)
            self.assertIn("--device", text)

    def test_version(self):
        for words in (["--version"], ["verify", "--version"]):
            status, out, _ = run(*words)
            self.assertEqual(status, 0)
            self.assertRegex(out, r"^clqnn \d+\.\d+\.\d+\n$")


unittest.main()
