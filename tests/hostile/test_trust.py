# SPDX-License-Identifier: Apache-2.0
"""Hostile protection, certificates and transport."""
import unittest

import short
import table

Trust = short.tests(table.TRUST)

if __name__ == "__main__":
    unittest.main()
