# SPDX-License-Identifier: GPL-2.0-only
"""What is run, by purpose, and what the programs share."""
