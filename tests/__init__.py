# SPDX-License-Identifier: GPL-2.0-only
"""What tests: one program a subject, each prints TAP."""
