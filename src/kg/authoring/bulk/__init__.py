"""Many records at once: sheets and graphs of others read (``tables``, ``workbook``), held against what stands here, and written whole."""
