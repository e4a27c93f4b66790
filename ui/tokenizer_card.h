// A tokenizer for the data on screen: its size, Train with the merges as they come, and how it and others at hand
// compress the same texts. Thread: GUI.
#pragma once

#include <QLineEdit>
#include <QProgressBar>
#include <QSettings>

#include "ui/cards.h"
#include "ui/inspection_tables.h"
#include "ui/tokenizer_job.h"

namespace lathe {

class TokenizerCard : public QWidget {
    Q_OBJECT

public:
    TokenizerCard(TokenizerJob& job, QSettings& settings, QWidget* parent = nullptr);
    // What it is trained and measured on, and what it is called by. `saved`: not while a recipe stands that no version
    // has: it would learn what the recipe leaves out.
    void set_data(const DataConfig& data, const QString& name, bool saved);
    void retranslate();
    QPushButton* train_button() const { return train_; }
    QPushButton* measure_button() const { return measure_; }
    QPushButton* cancel_button() const { return cancel_; }

private:
    int64_t vocab_size() const;
    void train();
    void show_job();
    void show_progress();
    void show_measures();

    TokenizerJob& job_;
    DataConfig data_;
    QString name_;
    bool saved_ = true;
    Card *train_card_, *measure_card_;
    QLabel* size_label_;
    QLineEdit* size_;
    QLabel *hint_, *note_, *empty_;
    QPushButton *train_, *measure_, *cancel_;
    QProgressBar* progress_;
    InspectionTable *merges_, *measures_;
};

}  // namespace lathe
