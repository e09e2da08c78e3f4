# SPDX-License-Identifier: Apache-2.0
"""The models that oracle_onnxruntime.py draws: each *_models.py has a table KINDS of functions draw -> (operator of case files, arrays, metadata)."""
