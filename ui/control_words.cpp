#include "ui/control_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/number_text.h"
#include "ui/sample_field.h"

namespace lathe {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ControlWords)
};

}  // namespace

QString control_words(const std::string& text) {
    const QString all = QString::fromStdString(text);
    const QString key = all.section(QLatin1Char(' '), 0, 0), value = all.section(QLatin1Char(' '), 1);
    const bool none = value == QLatin1String("none");
    const QString number = field_text(value.toDouble());  // 2 and not 2.0
    if (key == QLatin1String("learning_rate_multiplier")) return Words::tr("learning rate × %1").arg(number);
    if (key == QLatin1String("max_grad_norm"))
        return none ? Words::tr("clip as set") : Words::tr("clip %1").arg(number);
    if (key == QLatin1String("stop_at_step"))
        return none ? Words::tr("no stop at a step") : Words::tr("stop at step %1").arg(count_text(value.toLongLong()));
    if (key == QLatin1String("stop_at_loss"))
        return none ? Words::tr("no stop at a loss") : Words::tr("stop at loss %1").arg(number);
    if (key == QLatin1String("stop_after_s"))
        return none ? Words::tr("no stop by time") : Words::tr("stop after %1").arg(duration_text(value.toDouble()));
    if (key == QLatin1String("early_stopping_patience"))
        return none ? Words::tr("no patience set") : Words::tr("patience %1").arg(value);
    return all;
}

QString rise_words(const std::string& text) {
    static const QRegularExpression parts(QStringLiteral("^\\D*([\\d.]+)\\D*([\\d.]+) at step (\\d+)$"));
    const QRegularExpressionMatch match = parts.match(QString::fromStdString(text));
    if (!match.hasMatch()) return QString::fromStdString(text);
    return Words::tr("validation loss rises: %1 now, the best was %2 at step %3")
        .arg(loss_text(match.captured(1).toDouble()), loss_text(match.captured(2).toDouble()),
             count_text(match.captured(3).toLongLong()));
}

QString stop_words(const std::string& reason) {
    if (reason == "user") return Words::tr("stopped by you");
    if (reason == "step") return Words::tr("stopped at the step that was set");
    if (reason == "loss") return Words::tr("stopped at the validation loss that was set");
    if (reason == "time") return Words::tr("stopped when the time that was set was over");
    if (reason == "patience") return Words::tr("stopped when the validation loss got no better");
    return Words::tr("stopped");
}

}  // namespace lathe
