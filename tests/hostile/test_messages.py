# SPDX-License-Identifier: Apache-2.0
"""Hostile messages: what is in them, and when they come."""
import unittest

import short
import table

Messages = short.tests(table.MESSAGES)

if __name__ == "__main__":
    unittest.main()
