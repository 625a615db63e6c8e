# The part of XlsxWriter that is used here: the library ships no types.
from xlsxwriter.workbook import Workbook as Workbook
