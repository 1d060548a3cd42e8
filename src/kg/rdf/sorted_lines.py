"""The lines of a file in order, which pass by in pieces: a graph of a hundred megabytes is sorted with a few of them in memory."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import pairwise
from typing import IO

from kg.rdf.scratch import Scratch

#: So many bytes are sorted at a time.
PIECE = 8 << 20
#: A file is cut into so many parts at most, which are open at once.
PARTS = 200
#: So many lines are looked at for each part, to find where to cut.
_SAMPLE = 40


def sort_pieces(file: IO[bytes]) -> Iterator[list[bytes]]:
    """The lines of a file, sorted by their bytes, in pieces that follow each other; each line ends with a line feed.

    Parameters:
        file: a file on disk, which is read from its beginning and closed in the end.
    """
    with ExitStack() as stack:
        stack.enter_context(file)
        cuts = _find_cuts(file, file.seek(0, os.SEEK_END))
        file.seek(0)
        if not cuts:
            yield sorted(file)
            return
        parts = [stack.enter_context(Scratch()) for _ in range(len(cuts) + 1)]
        while lines := file.readlines(PIECE):
            lines.sort()
            places = [0, *(bisect_right(lines, cut) for cut in cuts), len(lines)]
            for part, (start, end) in zip(parts, pairwise(places), strict=True):
                part.writelines(lines[start:end])
        del lines
        for part in parts:
            with closing(part):
                part.seek(0)
                yield sorted(part)


def _find_cuts(file: IO[bytes], size: int) -> list[bytes]:
    """Lines at which a file falls into parts of about the same size, as far as a sample of its lines shows."""
    wanted = min(size // PIECE + 1, PARTS)
    if wanted == 1:
        return []
    sample = []
    for number in range(wanted * _SAMPLE):
        file.seek(size * number // (wanted * _SAMPLE))
        file.readline()  # the rest of one
        sample.append(file.readline())
    sample.sort()
    return [sample[number * _SAMPLE] for number in range(1, wanted)]
