#include "ui/model_diagram.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/number_text.h"
#include "ui/paint_parts.h"

namespace lathe {

namespace {

constexpr double kBox = 30, kArrow = 22, kNorm = 24, kHeads = 44, kPlus = 18, kRail = 30, kPad = 10, kEdge = 1;
constexpr double kLeastHead = 4, kMostHead = 14, kTint = 0.16;
constexpr int kWidth = 320;

QString times(int64_t a, int64_t b) {
    return count_text(a) + QStringLiteral(" × ") + count_text(b);
}

// Goes down the picture; without a painter it measures alone.
class Drawing {
public:
    Drawing(QPainter* painter, double width, const std::optional<LoraConfig>& lora)
        : painter_(painter), theme_(current_theme()), lora_(lora), left_(kEdge), right_(width - kEdge) {}

    double y() const { return y_; }

    void word(const QString& text) {
        if (painter_ != nullptr)
            paint_text(*painter_, {left_, y_, right_ - left_, kNorm}, text, TextRole::caption, theme_.muted,
                       Qt::AlignHCenter);
        y_ += kNorm;
    }

    // Down to the next part; the shape of what flows there beside it.
    void arrow(const QString& shape) {
        if (painter_ != nullptr) {
            const double x = (left_ + right_) / 2;
            line({x, y_ + 2}, {x, y_ + kArrow - 3});
            head({x, y_ + kArrow - 1});
            paint_text(*painter_, {x + space::kSmall, y_, right_ - x - space::kSmall, kArrow}, shape, TextRole::caption,
                       theme_.muted);
        }
        y_ += kArrow;
    }

    // `modules`: the layers in it, any of which may have an adapter.
    void box(const QString& title, const QString& note, size_t color, const std::vector<std::string>& modules = {}) {
        if (painter_ != nullptr) paint_box(title, note, theme_.data[color], adapted(modules));
        y_ += kBox;
    }

    void norm(const QString& title) {
        if (painter_ != nullptr) {
            const QRectF place(left_, y_, right_ - left_, kNorm);
            paint_frame(place, theme_.line, theme_.surface);
            paint_text(*painter_, place, title, TextRole::caption, theme_.muted, Qt::AlignHCenter);
        }
        y_ += kNorm;
    }

    // Query heads over the heads of key and value that they read.
    void heads(int64_t H, int64_t G) {
        if (painter_ != nullptr) paint_heads(H, G);
        y_ += kHeads;
    }

    // From here a residual goes around to the next add().
    void branch() { branches_.push_back(y_ - kArrow / 2); }
    void add() {
        if (painter_ != nullptr) {
            const QPointF center((left_ + right_) / 2, y_ + kPlus / 2);
            const double rail = left_ - kRail / 2;
            line({center.x(), branches_.back()}, {rail, branches_.back()});
            line({rail, branches_.back()}, {rail, center.y()});
            line({rail, center.y()}, {center.x() - kPlus / 2, center.y()});
            painter_->setBrush(theme_.surface);
            painter_->drawEllipse(center, kPlus / 2 - 1, kPlus / 2 - 1);
            line(center - QPointF(4, 0), center + QPointF(4, 0));
            line(center - QPointF(0, 4), center + QPointF(0, 4));
        }
        branches_.pop_back();
        y_ += kPlus;
    }

    // Room for a frame of that height around what comes.
    void open_frame(const QString& title, double height) {
        if (painter_ != nullptr) {
            const QRectF place(left_, y_, right_ - left_, height);
            paint_frame(place, theme_.line, blend(theme_.text, theme_.surface, 0.03));
            paint_text(*painter_, {left_ + kPad, y_ + 3, right_ - left_ - 2 * kPad, 20}, title, TextRole::label,
                       theme_.text);
        }
        y_ += kNorm;
        left_ += kRail;
        right_ -= kPad;
    }
    void close_frame() {
        left_ -= kRail;
        right_ += kPad;
        y_ += kPad;
    }

private:
    bool adapted(const std::vector<std::string>& modules) const {
        return lora_ && std::any_of(modules.begin(), modules.end(),
                                    [this](const std::string& module) { return lora_->targets("." + module); });
    }
    void line(QPointF from, QPointF to) {
        painter_->setPen(QPen(theme_.muted, stroke::kHair));
        painter_->drawLine(from, to);
    }
    void head(QPointF tip) {
        QPainterPath path(tip);
        path.lineTo(tip + QPointF(-3, -5));
        path.lineTo(tip + QPointF(3, -5));
        painter_->fillPath(path, theme_.muted);
    }
    void paint_frame(const QRectF& place, const QColor& border, const QColor& fill) {
        painter_->setPen(QPen(border, stroke::kHair));
        painter_->setBrush(fill);
        painter_->drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius::kControl, radius::kControl);
    }
    void paint_box(const QString& title, const QString& note, const QColor& color, bool adapter) {
        QRectF place(left_, y_, right_ - left_, kBox);
        paint_frame(place, blend(color, theme_.surface, 0.6), blend(color, theme_.surface, kTint));
        place.adjust(kPad, 0, -kPad, 0);
        if (adapter) {
            const QString word = QStringLiteral("LoRA %1").arg(lora_->r);
            const double width = QFontMetricsF(text_font(TextRole::label)).horizontalAdvance(word) + 2 * space::kTiny;
            const QRectF chip(place.right() - width, place.center().y() - 9, width, 18);
            paint_frame(chip, theme_.accent, theme_.surface);
            paint_text(*painter_, chip, word, TextRole::label, theme_.accent, Qt::AlignHCenter);
            place.setRight(chip.left() - space::kSmall);
        }
        const double used = paint_text(*painter_, place, title, TextRole::caption, theme_.text);
        paint_text(*painter_, place.adjusted(used + space::kSmall, 0, 0, 0), note, TextRole::caption, theme_.muted,
                   Qt::AlignRight);
    }
    void paint_heads(int64_t H, int64_t G) {
        const double room = right_ - left_, gap = 6;
        const double each = (room - gap * static_cast<double>(G - 1)) / static_cast<double>(H);
        if (each < kLeastHead) return;  // their number stands in words
        const double size = std::min(kMostHead, each - 1);
        const double group = static_cast<double>(H / G) * (size + 1);
        double x = left_ + (room - group * static_cast<double>(G) - gap * static_cast<double>(G - 1)) / 2;
        painter_->setPen(Qt::NoPen);
        for (int64_t g = 0; g < G; ++g, x += group + gap) {
            for (int64_t h = 0; h < H / G; ++h)
                painter_->fillRect(QRectF(x + static_cast<double>(h) * (size + 1), y_ + 6, size, 12), theme_.data[0]);
            painter_->fillRect(QRectF(x, y_ + 24, group - 1, 12), theme_.data[1]);
        }
    }

    QPainter* painter_;
    const Theme& theme_;
    const std::optional<LoraConfig>& lora_;
    double left_, right_, y_ = 0;
    std::vector<double> branches_;
};

QString rope_words(const ModelConfig& m) {
    const RopeParameters& rope = m.rope_parameters;
    if (rope.rope_type == "default") return QStringLiteral("RoPE");
    return QStringLiteral("RoPE · %1 ×%2").arg(QString::fromStdString(rope.rope_type), rate_text(rope.factor));
}

QString heads_words(const ModelConfig& m) {
    const int64_t H = m.num_attention_heads, G = m.num_key_value_heads;
    if (G == H) return ModelDiagram::tr("%1 heads of %2").arg(count_text(H), count_text(m.head_size()));
    return ModelDiagram::tr("%1 query heads over %2 of key and value, each %3 wide")
        .arg(count_text(H), count_text(G), count_text(m.head_size()));
}

QString width_text(const ModelConfig& m) {
    return QStringLiteral("T × ") + count_text(m.hidden_size);
}

void draw_block(Drawing& draw, const ModelConfig& m, bool flash) {
    const int64_t C = m.hidden_size, I = m.intermediate_size, q = m.num_attention_heads * m.head_size();
    const int64_t kv = m.num_key_value_heads * m.head_size();
    draw.arrow(width_text(m));
    draw.branch();
    draw.norm(QStringLiteral("RMSNorm"));
    draw.arrow({});
    draw.box(QStringLiteral("q, k, v"), times(C, q + 2 * kv), 0, {"q_proj", "k_proj", "v_proj"});
    draw.arrow(QStringLiteral("T × ") + count_text(q + 2 * kv));
    draw.norm(m.qk_norm() ? ModelDiagram::tr("RMSNorm of q and k · %1").arg(rope_words(m)) : rope_words(m));
    draw.heads(m.num_attention_heads, m.num_key_value_heads);
    draw.box(flash ? ModelDiagram::tr("flash attention") : ModelDiagram::tr("plain attention"),
             m.num_key_value_heads == m.num_attention_heads
                 ? QStringLiteral("MHA")
                 : QStringLiteral("GQA %1 : %2").arg(m.num_attention_heads).arg(m.num_key_value_heads),
             1);
    draw.arrow(QStringLiteral("T × ") + count_text(q));
    draw.box(QStringLiteral("o"), times(q, C), 0, {"o_proj"});
    draw.add();
    draw.arrow(width_text(m));
    draw.branch();
    draw.norm(QStringLiteral("RMSNorm"));
    draw.arrow({});
    draw.box(QStringLiteral("gate, up"), times(C, 2 * I), 2, {"gate_proj", "up_proj"});
    draw.arrow(QStringLiteral("T × ") + count_text(2 * I));
    draw.norm(QStringLiteral("SwiGLU"));
    draw.arrow(QStringLiteral("T × ") + count_text(I));
    draw.box(QStringLiteral("down"), times(I, C), 2, {"down_proj"});
    draw.add();
}

double draw_model(QPainter* painter, double width, const ModelConfig& m, const std::optional<LoraConfig>& lora,
                  bool flash) {
    Drawing block(nullptr, width, lora);
    block.open_frame({}, 0);
    draw_block(block, m, flash);
    block.close_frame();

    Drawing draw(painter, width, lora);
    const QString vocabulary = m.vocab_size > 0 ? count_text(m.vocab_size) : QStringLiteral("V");
    draw.word(ModelDiagram::tr("token ids · up to T = %1").arg(count_text(m.max_position_embeddings)));
    draw.arrow({});
    draw.box(ModelDiagram::tr("embedding"), vocabulary + QStringLiteral(" × ") + count_text(m.hidden_size), 3);
    draw.arrow(width_text(m));
    draw.open_frame(ModelDiagram::tr("%1 × block").arg(count_text(m.num_hidden_layers)), block.y());
    draw_block(draw, m, flash);
    draw.close_frame();
    draw.arrow(width_text(m));
    draw.norm(QStringLiteral("RMSNorm"));
    draw.arrow({});
    draw.box(ModelDiagram::tr("head"),
             m.tie_word_embeddings ? ModelDiagram::tr("the embedding again")
                                   : count_text(m.hidden_size) + QStringLiteral(" × ") + vocabulary,
             3);
    draw.arrow(QStringLiteral("T × ") + vocabulary);
    draw.word(ModelDiagram::tr("logits"));
    return draw.y();
}

}  // namespace

ModelDiagram::ModelDiagram(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void ModelDiagram::set_model(const std::optional<ModelConfig>& model, const std::optional<LoraConfig>& lora,
                             bool flash) {
    const int height_before = sizeHint().height();
    model_ = model;
    lora_ = lora;
    flash_ = flash;
    describe();
    if (sizeHint().height() != height_before) updateGeometry();
    update();
}

QSize ModelDiagram::sizeHint() const {
    const ModelConfig usual;
    return {kWidth, static_cast<int>(draw_model(nullptr, kWidth, model_.value_or(usual), lora_, flash_)) + 1};
}

QSize ModelDiagram::minimumSizeHint() const {
    return {kWidth / 2, sizeHint().height()};
}

void ModelDiagram::describe() {
    setAccessibleName(tr("The model as configured"));
    if (!model_) return setAccessibleDescription(tr("Its shape is not known yet."));
    const ModelConfig& m = *model_;
    QStringList words{tr("Embedding of width %1").arg(count_text(m.hidden_size)),
                      tr("%1 blocks").arg(count_text(m.num_hidden_layers)),
                      tr("in each RMSNorm, %1 with %2 and %3, a residual, RMSNorm, SwiGLU of width %4, a residual")
                          .arg(flash_ ? tr("flash attention") : tr("plain attention"), heads_words(m), rope_words(m),
                               count_text(m.intermediate_size)),
                      tr("RMSNorm"),
                      m.tie_word_embeddings ? tr("the embedding again as head") : tr("a head of its own")};
    if (lora_) {
        QStringList targets;
        for (const std::string& target : lora_->target_modules) targets << QString::fromStdString(target);
        words << tr("LoRA of rank %1 on %2").arg(count_text(lora_->r), targets.join(QStringLiteral(", ")));
    }
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    setToolTip(heads_words(m));
}

void ModelDiagram::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (model_) {
        draw_model(&painter, width(), *model_, lora_, flash_);
        return;
    }
    painter.setFont(text_font(TextRole::body));
    painter.setPen(current_theme().muted);
    painter.drawText(rect(), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, accessibleDescription());
}

void ModelDiagram::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    describe();
    update();
}

}  // namespace lathe
