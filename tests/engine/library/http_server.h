// A small HTTP server on 127.0.0.1 in a thread of its own, that answers as the test says and keeps what it was asked.
#pragma once

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lathe {

struct Asked {
    std::string method, path, head;  // head: all lines, as they came
    int64_t from() const {           // of "Range: bytes=N-"; -1: none
        const size_t at = head.find("Range: bytes=");
        return at == std::string::npos ? -1 : std::stoll(head.substr(at + 13));
    }
    bool says(const std::string& line) const { return head.find(line) != std::string::npos; }
};

struct Answer {
    int status = 200;
    std::string body = {};
    std::string headers = {};  // "Name: value\r\n"…
    int64_t told = -1;         // Content-Length, if not the body's; -2: none
    int64_t cut_at = -1;       // bytes of the body after which the connection is closed
    bool hangs = false;        // after that, instead of closing
};

class HttpServer {
public:
    using Talk = std::function<void(int fd)>;

    explicit HttpServer(std::function<Answer(const Asked&)> answer)
        : HttpServer(Talk([this, answer = std::move(answer)](int fd) { answer_one(fd, answer); })) {}
    // What is said on each connection, which is closed after it.
    explicit HttpServer(Talk talk) : talk_(std::move(talk)) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(socket_, 8);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~HttpServer() {
        stop_ = true;
        thread_.join();
        ::close(socket_);
    }
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const { return port_; }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }
    // Since the last call.
    std::vector<Asked> take_asked() {
        const std::lock_guard lock(mutex_);
        return std::exchange(asked_, {});
    }

private:
    bool wait(int fd) const {
        for (pollfd poll{fd, POLLIN, 0}; !stop_;)
            if (::poll(&poll, 1, 20) > 0) return true;
        return false;
    }
    static bool send_all(int fd, const std::string& bytes) {
        for (size_t sent = 0; sent < bytes.size();) {
            const ssize_t count = ::send(fd, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0) return false;
            sent += static_cast<size_t>(count);
        }
        return true;
    }
    void serve() {
        while (wait(socket_)) {
            const int fd = ::accept(socket_, nullptr, nullptr);
            if (fd < 0) continue;
            talk_(fd);
            ::close(fd);
        }
    }
    void answer_one(int fd, const std::function<Answer(const Asked&)>& answer_to) {
        std::string head;
        while (head.find("\r\n\r\n") == std::string::npos) {
            char bytes[4096];
            const ssize_t count = wait(fd) ? ::recv(fd, bytes, sizeof(bytes), 0) : 0;
            if (count <= 0) return;
            head.append(bytes, static_cast<size_t>(count));
        }
        Asked asked{.method = head.substr(0, head.find(' ')), .head = head};
        const size_t begin = asked.method.size() + 1;
        asked.path = head.substr(begin, head.find(' ', begin) - begin);
        {
            const std::lock_guard lock(mutex_);
            asked_.push_back(asked);
        }
        const Answer answer = answer_to(asked);
        std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " x\r\nConnection: close\r\n" + answer.headers;
        if (answer.told != -2)
            text += "Content-Length: " +
                    std::to_string(answer.told >= 0 ? answer.told : static_cast<int64_t>(answer.body.size())) + "\r\n";
        text += "\r\n";
        if (asked.method != "HEAD")
            text += answer.cut_at >= 0 ? answer.body.substr(0, static_cast<size_t>(answer.cut_at)) : answer.body;
        if (!send_all(fd, text) || !answer.hangs) return;
        wait(fd);  // until the other side closes, or the test ends
    }

    Talk talk_;
    int socket_ = -1;
    int port_ = 0;
    std::atomic<bool> stop_ = false;
    std::mutex mutex_;
    std::vector<Asked> asked_;
    std::thread thread_;
};

}  // namespace lathe
