/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef WATCHERS_H
#define WATCHERS_H

#include "link.h"

#include "ns3/trace-helper.h"
#include "ns3/type-id.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/// Watches a link's devices for as long as what it returns lives.
using Watcher = std::function<std::shared_ptr<void>(const Link& link)>;

/// The name of a file in memory, which is removed with this.
class FileInMemory
{
  public:
    FileInMemory();
    ~FileInMemory();

    FileInMemory(const FileInMemory&) = delete;
    FileInMemory& operator=(const FileInMemory&) = delete;

    /// @return the name
    const std::string& GetName() const;

  private:
    std::string m_name; //!< the name
};

/**
 * @param device type of a device
 * @return names of its own trace sources
 */
std::vector<std::string> GetTraceSources(TypeId device);

/**
 * @param source name of a trace source of the sender
 * @return what connects a sink to it that does nothing
 */
Watcher ConnectTo(const std::string& source);

/**
 * @tparam Helper a device helper
 * @return what writes each packet that is received to a pcap file
 */
template <class Helper>
Watcher
MakeCapture()
{
    return [](const Link& link) {
        auto file = std::make_shared<FileInMemory>();
        Helper().EnablePcap(file->GetName(), link.receiver, false, true);
        return file;
    };
}

/**
 * @tparam Helper a device helper
 * @return what writes an ascii trace of the link's devices
 */
template <class Helper>
Watcher
MakeAsciiTrace()
{
    return [](const Link& link) {
        auto file = std::make_shared<FileInMemory>();
        const auto stream = AsciiTraceHelper().CreateFileStream(file->GetName());
        Helper().EnableAscii(stream, link.sender);
        if (link.receiver != link.sender)
        {
            Helper().EnableAscii(stream, link.receiver);
        }
        return file;
    };
}

} // namespace ns3

#endif /* WATCHERS_H */
