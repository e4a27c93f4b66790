#include "ui/error_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <array>

#include "ui/control_words.h"
#include "ui/number_text.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

QString what_happened(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return Words::tr("this cannot be done");
        case ErrorKind::not_found:
            return Words::tr("not found");
        case ErrorKind::unreadable:
            return Words::tr("cannot be read");
        case ErrorKind::unwritable:
            return Words::tr("cannot be written to");
        case ErrorKind::disk_full:
            return Words::tr("not enough disk space");
        case ErrorKind::empty:
            return Words::tr("nothing usable in it");
        case ErrorKind::malformed:
            return Words::tr("the content breaks its format");
        case ErrorKind::unknown_key:
            return Words::tr("unknown key");
        case ErrorKind::missing_key:
            return Words::tr("missing");
        case ErrorKind::wrong_type:
            return Words::tr("wrong type");
        case ErrorKind::out_of_range:
            return Words::tr("out of range");
        case ErrorKind::mismatch:
            return Words::tr("does not fit");
        case ErrorKind::unsupported:
            return Words::tr("not supported");
        case ErrorKind::too_large:
            return Words::tr("too large");
        case ErrorKind::locked:
            return Words::tr("in use by another Lathe");
        case ErrorKind::memory:
            return Words::tr("out of memory");
        case ErrorKind::non_finite:
            return Words::tr("not a finite number");
        case ErrorKind::cancelled:
            return Words::tr("cancelled");
        case ErrorKind::io:
            return Words::tr("the file operation failed");
        case ErrorKind::internal:
            return Words::tr("an error inside Lathe");
    }
    return Words::tr("an error inside Lathe");
}

// The way out, as it holds for every error of the kind; what was expected says the rest.
QString advice(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return Words::tr("Change what was asked for, and try again.");
        case ErrorKind::not_found:
            return Words::tr("See whether it was moved or renamed, or is on a disk that is not connected.");
        case ErrorKind::unreadable:
            return Words::tr("Ask for permission to read it, or choose a copy that can be read.");
        case ErrorKind::disk_full:
            return Words::tr("Free some space and try again; nothing that was saved is lost.");
        case ErrorKind::unwritable:
            return Words::tr("Choose another folder, or ask for permission to write to this one.");
        case ErrorKind::empty:
            return Words::tr("Choose another file or folder, or take back what leaves parts of it out.");
        case ErrorKind::malformed:
            return Words::tr("Correct it at that place, or take an intact copy.");
        case ErrorKind::unknown_key:
            return Words::tr("Correct the spelling, or take the key out.");
        case ErrorKind::missing_key:
            return Words::tr("Fill it in, and try again.");
        case ErrorKind::wrong_type:
        case ErrorKind::out_of_range:
            return Words::tr("Put a value of that kind in its place.");
        case ErrorKind::mismatch:
            return Words::tr("Choose two that belong together, or put back what was changed.");
        case ErrorKind::unsupported:
            return Words::tr("Choose another file, format or setting; a newer Lathe may be able to.");
        case ErrorKind::too_large:
            return Words::tr("Choose something smaller, or split it.");
        case ErrorKind::locked:
            return Words::tr("Close the other Lathe, or choose another workspace.");
        case ErrorKind::memory:
            return Words::tr("Close other programs, or choose a smaller batch, sequence or model.");
        case ErrorKind::non_finite:
            return Words::tr("The last checkpoint stands. A smaller learning rate or more warm-up often helps.");
        case ErrorKind::cancelled:
            return {};
        case ErrorKind::io:
            return Words::tr("See whether the disk or the network is connected and in order, and try again.");
        case ErrorKind::internal:
            return Words::tr("Please report it with the details.");
    }
    return {};
}

// Why a row of a data file is worth a look, and what a run's examples are; scripts/translations.sh finds the errors'
// words by itself.
[[maybe_unused]] constexpr std::array kEngineWords = {
    QT_TRANSLATE_NOOP("EngineWords", "no key %1"),
    QT_TRANSLATE_NOOP("EngineWords", "no column %1"),
    QT_TRANSLATE_NOOP("EngineWords", "unknown role %1"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not a string"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not an array"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 is not of pairs of texts"),
    QT_TRANSLATE_NOOP("EngineWords", "a message that is not an object"),
    QT_TRANSLATE_NOOP("EngineWords", "a message whose content is not a string"),
    QT_TRANSLATE_NOOP("EngineWords", "a NUL character in the text"),
    QT_TRANSLATE_NOOP("EngineWords", "an empty answer"),
    QT_TRANSLATE_NOOP("EngineWords", "no assistant turn"),
    QT_TRANSLATE_NOOP("EngineWords", "not an object"),
    QT_TRANSLATE_NOOP("EngineWords", "tools that are not an array"),
    QT_TRANSLATE_NOOP("EngineWords", "a message with %1"),
    QT_TRANSLATE_NOOP("EngineWords", "a message whose content is not a text"),
    QT_TRANSLATE_NOOP("EngineWords", "a turn of %1 in the place of %2"),
    QT_TRANSLATE_NOOP("EngineWords", "no question"),
    QT_TRANSLATE_NOOP("EngineWords", "tools"),
    QT_TRANSLATE_NOOP("EngineWords", "as line %1"),
    QT_TRANSLATE_NOOP("EngineWords", "%1 tokens"),
    QT_TRANSLATE_NOOP("EngineWords", "key %1 twice"),
    QT_TRANSLATE_NOOP("EngineWords", "a run with a validation split"),
    QT_TRANSLATE_NOOP("EngineWords", "a run that began from a model"),
    QT_TRANSLATE_NOOP("EngineWords", "the base model has changed since the run began"),
    QT_TRANSLATE_NOOP("EngineWords", "line over %1 MiB"),
    QT_TRANSLATE_NOOP("EngineWords", "row over %1 MiB"),
    QT_TRANSLATE_NOOP("EngineWords",
                      "%1 examples, %2 tokens to learn; %3 empty answers left out, %4 duplicates, %5 cut off, %6 with "
                      "nothing to learn"),
};

// Space on disk and in memory comes as "524352 bytes more".
QString amount(const Error& error, const std::string& text) {
    static const QRegularExpression bytes(QStringLiteral("^(\\d+)(?: bytes)?( free| more| left)?$"));
    const bool is_space = error.kind == ErrorKind::disk_full || error.kind == ErrorKind::memory;
    const QRegularExpressionMatch match = bytes.match(QString::fromStdString(text));
    if (!is_space || !match.hasMatch()) return engine_words(text);
    QString size = bytes_text(match.captured(1).toDouble());
    const QString rest = match.captured(2);
    if (rest == QLatin1String(" free")) return Words::tr("%1 free").arg(size);
    if (rest == QLatin1String(" more")) return Words::tr("%1 more").arg(size);
    if (rest == QLatin1String(" left")) return Words::tr("%1 left").arg(size);
    return size;
}

}  // namespace

QString engine_words(const std::string& english) {
    QString whole = QCoreApplication::translate("EngineWords", english.c_str());
    if (whole != QString::fromStdString(english)) return whole;
    static const QRegularExpression value(QStringLiteral("\"[^\"]*\"|\\d+"));  // PCRE2; no nesting
    QString pattern = whole;
    QStringList values;
    for (QRegularExpressionMatch match = value.match(pattern); match.hasMatch() && values.size() < 9;) {
        values << match.captured();
        const QString placeholder = QLatin1Char('%') + QString::number(values.size());
        pattern.replace(match.capturedStart(), match.capturedLength(), placeholder);
        match = value.match(pattern, match.capturedStart() + placeholder.size());
    }
    QString text = QCoreApplication::translate("EngineWords", pattern.toUtf8().constData());
    if (values.isEmpty() || text == pattern) return whole;
    for (const QString& shown : values) text = text.arg(shown);
    return text;
}

QString error_text(const Error& error) {
    QStringList place;
    if (!error.file.empty()) place << QString::fromStdString(error.file);
    if (!error.key.empty()) place << engine_words(error.key);
    QString text = (place.isEmpty() ? QString() : place.join(QStringLiteral(": ")) + QStringLiteral(": ")) +
                   what_happened(error.kind);
    if (!error.expected.empty())
        text += (error.kind == ErrorKind::unknown_key ? Words::tr("; the nearest is %1") : Words::tr("; expected %1"))
                    .arg(amount(error, error.expected));
    if (!error.found.empty()) text += Words::tr("; found %1").arg(amount(error, error.found));
    text += QLatin1Char('.');
    const QString way_out = advice(error.kind);
    if (!way_out.isEmpty()) text += QLatin1Char(' ') + way_out;
    if (place.isEmpty() && !text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

QString notice_text(const Notice& notice) {
    return notice_text(notice.kind, notice.text, notice.step);
}

QString notice_text(const std::string& kind, const std::string& text, int64_t step) {
    const QString at = count_text(step), more = QString::fromStdString(text);
    if (kind == "started") return Words::tr("started");
    if (kind == "resumed") return Words::tr("resumed at step %1").arg(at);
    if (kind == "saved") return Words::tr("step %1 · checkpoint saved").arg(at);
    if (kind == "control") return Words::tr("step %1 · %2").arg(at, control_words(text));
    if (kind == "validation_rises") return Words::tr("step %1 · %2").arg(at, rise_words(text));
    if (kind == "stopped") return Words::tr("step %1 · %2").arg(at, stop_words(text));
    if (kind == "failed") return Words::tr("step %1 · failed: %2").arg(at, engine_words(text));
    if (kind == "non_finite") return Words::tr("step %1 · the validation loss is not a finite number").arg(at);
    if (kind == "not_saved") return Words::tr("step %1 · could not be saved: %2").arg(at, engine_words(text));
    if (kind == "skipped") return Words::tr("step %1 · its batch was skipped").arg(at);
    if (kind == "micro_batch_halved") return Words::tr("step %1 · too little memory: micro-batch halved").arg(at);
    if (kind == "base_rounded")
        return Words::tr("the base model is quantised; where its 16-bit original is at hand, that is the better base");
    if (kind == "recomputed") return Words::tr("some blocks are recomputed, to stay within the memory limit");
    if (kind == "bad_rows") {
        static const QRegularExpression kFirst(
            QStringLiteral("^(\\d+) rows left out, the first: (.* line \\d+: )(.*)$"));
        const QRegularExpressionMatch first = kFirst.match(more);
        if (first.hasMatch())
            return Words::tr("%1 rows left out, the first: %2")
                .arg(first.captured(1), first.captured(2) + engine_words(first.captured(3).toStdString()));
    }
    if (kind == "simd_changed") return Words::tr("another CPU than the run began on: last digits may differ");
    if (kind == "max_tokens_cut") return Words::tr("the answer ends with the model's context");
    if (kind == "tensors_differ") return Words::tr("tensors that differ from the model's: %1").arg(more);
    if (kind == "tokenizer_differs") return Words::tr("perhaps not the tokenizer of these weights: %1").arg(more);
    if (kind == "base_differs") return Words::tr("perhaps not the base of this adapter: %1").arg(engine_words(text));
    if (kind == "template_refused") return Words::tr("without the chat template, which does not work: %1").arg(more);
    return more.isEmpty() ? QString::fromStdString(kind) : engine_words(text);
}

QString progress_text(const Progress& progress) {
    QString what = QString::fromStdString(progress.what);
    if (progress.what == "hash") what = Words::tr("checking the data");
    if (progress.what == "tokenizer") what = Words::tr("training the tokenizer");
    if (progress.what == "read") what = Words::tr("reading the data");
    if (progress.what == "encode") what = Words::tr("turning text into tokens");
    if (progress.what == "load") what = Words::tr("loading the model");
    if (progress.what == "write") what = Words::tr("writing");
    if (progress.what == "evaluate") what = Words::tr("evaluating");
    if (progress.what == "compare") what = Words::tr("comparing with the base");
    if (progress.total <= 0) return what;
    return Words::tr("%1, %2 %").arg(what, fixed_text(std::floor(100 * progress.done / progress.total), 0));
}

}  // namespace lathe
