// The table of examples and its file in the workspace: every change is written a moment later, the rest at the end, and
// what was open last is there again. A file of another place or form is opened as a copy, which is a new file; the
// engine replaces none that was changed by others. Thread: GUI.
#pragma once

#include <QTimer>
#include <optional>

#include "ui/example_model.h"
#include "ui/page.h"

namespace lathe {

class ExampleFile : public QObject {
    Q_OBJECT

public:
    explicit ExampleFile(const PageContext& context, QObject* parent = nullptr);
    ~ExampleFile() override;

    ExampleModel& model() { return model_; }
    const ExampleModel& model() const { return model_; }
    const QString& name() const { return name_; }
    const QString& path() const { return path_; }  // "": not written yet
    bool is_reading() const { return reading_ != 0; }
    bool is_saved() const { return !dirty_ && writing_ == 0; }
    const std::optional<Error>& error() const { return error_; }

    // What was open last; asked for once.
    void restore();
    // Both after what is typed is saved, and not where that fails.
    void open(const QString& file, const DataConfig& data);
    void start_new();
    // Of a table that is not written yet; false where the name cannot be had.
    bool rename(const QString& name);
    // Now. A table that was opened as a copy gets its file.
    void save();
    // What was changed.
    void flush();

Q_SIGNALS:
    void changed();  // any of the above
    void opened();   // another table
    void saved(const QString& path);

private:
    struct Wish {
        QString file;  // "": a new table
        DataConfig data;
    };
    void on_event(const Event& event);
    void take(const ExamplesRead& read);
    void take(const ExamplesWritten& written);
    void fail_reading(const Error& error);
    void fail_writing(const Error& error);
    void fulfil(const Wish& wish);
    void set_table(const QString& path, const std::string& sha256, const QString& name, std::vector<ExampleRow> rows);
    QString path_of(const QString& name) const;
    QString free_name(const QString& wanted) const;

    const PageContext context_;
    ExampleModel model_;
    QString name_, path_;
    std::string sha256_;
    bool dirty_ = false, restored_ = false, restoring_ = false;
    RequestId reading_ = 0, writing_ = 0;
    std::optional<Wish> wish_;  // waits for the save
    std::optional<Error> error_;
    QTimer save_timer_;
};

}  // namespace lathe
