// Tokens as they are trained on, one chip each, wrapped to the width: learnt ones filled and underlined, those that are
// only read with a hair line, cut ones struck through, free places hatched; a numbered bar where a document begins.
// Its words say a token's id and text. Thread: GUI.
#pragma once

#include "engine/base/data_inspection.h"
#include "ui/walked_flow.h"

namespace lathe {

enum class ChipKind { trained, masked, cut, padding, document, cut_mark };
void paint_chip(QPainter& painter, const Theme& theme, const QRectF& box, ChipKind kind, const QString& text);

class SupervisionFlow : public WalkedFlow {
    Q_OBJECT

public:
    explicit SupervisionFlow(QWidget* parent = nullptr);
    void set_tokens(const InspectedTokens* tokens);  // null: none
    int64_t shown() const { return static_cast<int64_t>(tokens_.size()); }
    int64_t left_out() const { return left_out_; }  // very many are drawn in part
    ChipKind kind_of(int token) const;
    int document_bounds() const { return static_cast<int>(begins_.size()); }
    void retranslate();

protected:
    int tokens() const override { return static_cast<int>(tokens_.size()); }
    int token_of(size_t chip) const override { return meanings_[chip].token; }
    QString words_of(int token) const override;
    void paint(QPainter& painter, const QRectF& box, size_t chip) const override;

private:
    struct Meaning {
        ChipKind kind;
        int token = -1;  // -1: a mark between them
    };
    void make_chips();

    std::vector<InspectedToken> tokens_;
    std::vector<int64_t> begins_;
    int64_t kept_ = 0, padding_ = 0, left_out_ = 0;
    std::vector<Meaning> meanings_;  // of the chips
};

}  // namespace lathe
