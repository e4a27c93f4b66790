// Tokens as they are trained on, one chip each, wrapped to the width: learnt ones filled and underlined, those that are
// only read with a hair line, cut ones struck through, free places hatched; a numbered bar where a document begins.
// The tooltip of a chip, and current_text() for the keyboard, say its id and text. Thread: GUI.
#pragma once

#include "engine/base/data_inspection.h"
#include "ui/chip_flow.h"

namespace lathe {

enum class ChipKind { trained, masked, cut, padding, document, cut_mark };
void paint_chip(QPainter& painter, const Theme& theme, const QRectF& box, ChipKind kind, const QString& text);

class SupervisionFlow : public ChipFlow {
    Q_OBJECT

public:
    explicit SupervisionFlow(QWidget* parent = nullptr);
    void set_tokens(const InspectedTokens* tokens);  // null: none
    int64_t shown() const { return static_cast<int64_t>(tokens_.size()); }
    int64_t left_out() const { return left_out_; }  // very many are drawn in part
    int current() const { return current_; }        // -1: none
    QString current_text() const;
    ChipKind kind_of(int token) const;
    int document_bounds() const { return static_cast<int>(begins_.size()); }
    void retranslate();

Q_SIGNALS:
    void current_changed(int token);

protected:
    void paint(QPainter& painter, const QRectF& box, size_t chip) const override;
    QString tooltip(size_t chip) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Meaning {
        ChipKind kind;
        int token = -1;  // -1: a mark between them
    };
    void make_chips();
    QString words_of(int token) const;
    void set_current(int token);

    std::vector<InspectedToken> tokens_;
    std::vector<int64_t> begins_;
    int64_t kept_ = 0, padding_ = 0, left_out_ = 0;
    int current_ = -1;
    std::vector<Meaning> meanings_;  // of the chips
};

}  // namespace lathe
