"""What the operating system says of a file or a line, in Thai."""

from __future__ import annotations

import errno
import os

_BY_NUMBER = {
    errno.EACCES: "ไม่มีสิทธิ์",
    errno.EPERM: "ไม่มีสิทธิ์",
    errno.ENOENT: "ไม่มีแฟ้มหรือโฟลเดอร์นี้",
    errno.EEXIST: "มีอยู่แล้ว",
    errno.ENOTDIR: "ไม่ใช่โฟลเดอร์",
    errno.EISDIR: "เป็นโฟลเดอร์",
    errno.ENOSPC: "ดิสก์เต็ม",
    errno.EDQUOT: "เต็มโควตาของดิสก์",
    errno.EFBIG: "แฟ้มใหญ่เกินไป",
    errno.EROFS: "ดิสก์นี้อ่านได้อย่างเดียว",
    errno.ENAMETOOLONG: "ชื่อยาวเกินไป",
    errno.ELOOP: "ลิงก์วนเป็นวง",
    errno.EMFILE: "เปิดแฟ้มมากเกินไป",
    errno.EBUSY: "มีโปรแกรมอื่นใช้อยู่",
    errno.EIO: "ดิสก์ขัดข้อง",
    errno.ENOMEM: "หน่วยความจำไม่พอ",
    errno.ECONNREFUSED: "เครื่องปลายทางไม่รับการติดต่อ",
    errno.ECONNRESET: "เครื่องปลายทางตัดการติดต่อ",
    errno.EHOSTUNREACH: "ไปไม่ถึงเครื่องปลายทาง",
    errno.ENETUNREACH: "ไปไม่ถึงเครือข่าย",
    errno.ETIMEDOUT: "หมดเวลารอ",
}
_THAI = {os.strerror(number): thai for number, thai in _BY_NUMBER.items()} | {
    "timed out": "หมดเวลารอ",
    "Name or service not known": "ไม่รู้จักชื่อเครื่องนี้",
    "No address associated with hostname": "ไม่รู้จักชื่อเครื่องนี้",
    "Temporary failure in name resolution": "ถามชื่อเครื่องไม่ได้ในตอนนี้",
}


def in_thai(said: str) -> str:
    """The text with what the system says at its end (`letters: Not a directory`) in Thai, where that is known."""
    before, colon, last = said.rpartition(": ")
    return f"{before}{colon}{_THAI[last]}" if last in _THAI else said
