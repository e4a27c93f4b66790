#include "ui/spreadsheet_text.h"

#include <algorithm>

namespace lathe {

namespace {

constexpr QChar kQuote = u'"', kTab = u'\t', kLineEnd = u'\n';

struct Parsed {
    CellRows rows;
    bool quoted = false;  // any cell
};

class CellReader {
public:
    CellReader(const QString& text, QChar separator) : text_(text), separator_(separator) {}

    Parsed read() {
        Parsed parsed;
        while (at_ < text_.size()) {
            QStringList row;
            do {
                row << cell(parsed.quoted);
            } while (take(separator_));
            take(kLineEnd);
            parsed.rows.push_back(row);
        }
        return parsed;
    }

private:
    bool at_end(qsizetype at) const { return at == text_.size() || text_[at] == separator_ || text_[at] == kLineEnd; }
    bool take(QChar mark) {
        if (at_ == text_.size() || text_[at_] != mark) return false;
        ++at_;
        return true;
    }

    QString cell(bool& quoted) {
        QString value;
        if (at_ < text_.size() && text_[at_] == kQuote && in_quotes(value)) {
            quoted = true;
            return value;
        }
        const qsizetype begin = at_;
        while (!at_end(at_)) ++at_;
        return text_.mid(begin, at_ - begin);
    }

    // False where the quote is no closed one: it belongs to the text.
    bool in_quotes(QString& value) {
        qsizetype at = at_ + 1;
        for (;; ++at) {
            const qsizetype quote = text_.indexOf(kQuote, at);
            if (quote < 0) return false;
            value += QStringView(text_).mid(at, quote - at);
            at = quote + 1;
            if (at == text_.size() || text_[at] != kQuote) break;
            value += kQuote;
        }
        if (!at_end(at)) return false;
        at_ = at;
        return true;
    }

    const QString& text_;
    const QChar separator_;
    qsizetype at_ = 0;
};

bool is_table(const Parsed& parsed) {
    const qsizetype columns = parsed.rows.empty() ? 0 : parsed.rows.front().size();
    return parsed.quoted && columns > 1 &&
           std::all_of(parsed.rows.begin(), parsed.rows.end(),
                       [columns](const QStringList& row) { return row.size() == columns; });
}

}  // namespace

CellRows cells_of(const QString& clipboard) {
    QString text = clipboard;
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(u'\r', kLineEnd).remove(QChar(u'\0'));
    if (!text.contains(kTab)) {
        for (const QChar separator : {QChar(u','), QChar(u';')})
            if (Parsed parsed = CellReader(text, separator).read(); is_table(parsed)) return std::move(parsed.rows);
    }
    return CellReader(text, kTab).read().rows;
}

QString cells_text(const CellRows& rows) {
    QString text;
    for (const QStringList& row : rows) {
        QStringList cells;
        for (const QString& cell : row) {
            const bool plain = !cell.contains(kTab) && !cell.contains(kLineEnd) && !cell.startsWith(kQuote);
            cells << (plain ? cell : kQuote + QString(cell).replace(kQuote, QStringLiteral("\"\"")) + kQuote);
        }
        text += cells.join(kTab) + kLineEnd;
    }
    return text;
}

}  // namespace lathe
