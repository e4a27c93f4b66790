#include "ui/export_plan.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <numeric>

namespace lathe {

namespace {

// For a POSIX shell.
QString quoted(QString text) {
    static const QString plain = QStringLiteral("/._-+=:,@");
    const bool safe = std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || plain.contains(c);
    });
    if (safe && !text.isEmpty()) return text;
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

// A Python string literal.
QString python_string(QString text) {
    text.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    return QLatin1Char('"') + text.replace(QLatin1Char('\n'), QStringLiteral("\\n")) + QLatin1Char('"');
}

}  // namespace

ExportPlan::ExportPlan(EngineLink& engine, QObject* parent) : QObject(parent), engine_(engine) {
    connect(&engine, &EngineLink::event_arrived, this, &ExportPlan::on_event);
}

void ExportPlan::choose(const ExportModel& what) {
    if (state_ == State::writing) return;
    state_ = State::choosing;
    what_ = what;
    plan_request_ = what.out.empty() ? 0 : engine_.post(PlanExport{what});
    if (plan_request_ == 0) planned_.reset();
    Q_EMIT changed();
}

bool ExportPlan::can_write() const {
    return state_ == State::choosing && plan_request_ == 0 && planned_ && !error_ && !planned_->folder_in_use &&
           planned_->free_bytes >= total_bytes();
}

int64_t ExportPlan::total_bytes() const {
    if (!planned_) return 0;
    return std::accumulate(planned_->files.begin(), planned_->files.end(), int64_t{0},
                           [](int64_t sum, const auto& file) { return sum + file.second; });
}

void ExportPlan::write() {
    if (!can_write()) return;
    state_ = State::writing;
    share_ = 0;
    error_.reset();
    done_.reset();
    write_request_ = engine_.post(what_);
    Q_EMIT changed();
}

void ExportPlan::cancel() {
    if (state_ == State::writing) engine_.cancel(write_request_);
}

void ExportPlan::again() {
    done_.reset();
    error_.reset();
    choose(what_);
}

void ExportPlan::on_event(const Event& event) {
    if (event.request == plan_request_ && plan_request_ != 0) {
        if (const auto* planned = std::get_if<ExportPlanned>(&event.body)) {
            planned_ = *planned;
            error_.reset();
        } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
            planned_.reset();
            error_ = failed->error;
        } else {
            return;
        }
        plan_request_ = 0;
        Q_EMIT changed();
    } else if (event.request == write_request_ && write_request_ != 0) {
        if (const auto* progress = std::get_if<Progress>(&event.body)) {
            share_ = progress->total > 0 ? progress->done / progress->total : 0;
            Q_EMIT progressed();
            return;
        }
        if (const auto* done = std::get_if<ExportDone>(&event.body)) {
            done_ = *done;
            state_ = State::done;
        } else if (const auto* failed = std::get_if<Failed>(&event.body)) {
            state_ = State::choosing;
            if (failed->error.kind != ErrorKind::cancelled) error_ = failed->error;
        } else {
            return;
        }
        write_request_ = 0;
        Q_EMIT changed();
    }
}

QString transformers_code(const QString& folder) {
    return QStringLiteral(
               "from transformers import AutoModelForCausalLM, AutoTokenizer\n"
               "folder = %1\n"
               "tokenizer = AutoTokenizer.from_pretrained(folder)\n"
               "model = AutoModelForCausalLM.from_pretrained(folder)\n"
               "ids = tokenizer(\"And it came to pass\", return_tensors=\"pt\")\n"
               "print(tokenizer.decode(model.generate(**ids, max_new_tokens=64)[0]))")
        .arg(python_string(folder));
}

QString vllm_code(const QString& folder, int64_t max_model_len) {
    const QString length = max_model_len > 0 ? QStringLiteral(" --max-model-len %1").arg(max_model_len) : QString();
    return QStringLiteral(
               "vllm serve %1 --served-model-name default%2\n"
               "curl http://127.0.0.1:8000/v1/completions -H 'Content-Type: application/json' \\\n"
               "  -d '{\"model\": \"default\", \"prompt\": \"And it came to pass\", \"max_tokens\": 64}'")
        .arg(quoted(folder), length);
}

QString lathe_code(const QString& folder) {
    return QStringLiteral("lathe-cli generate --model %1 --prompt 'And it came to pass' --max-tokens 64")
        .arg(quoted(folder));
}

int64_t context_of_folder(const QString& folder) {
    QFile file(folder + QStringLiteral("/config.json"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    return QJsonDocument::fromJson(file.read(1 << 20)).object()[QLatin1String("max_position_embeddings")].toInt();
}

}  // namespace lathe
