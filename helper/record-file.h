/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RECORD_FILE_H
#define RECORD_FILE_H

#include "ns3/event-id.h"
#include "ns3/simple-ref-count.h"

#include <chrono>
#include <cstdint>
#include <fstream>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <utility>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A file of records, such as packets or lines. That it can not be opened or written ends the
 * program with a message, also if the disk only gets full at the end; and so does another one that
 * is to be written to the same file. It is closed when the simulator is destroyed, if not before,
 * whoever still has a reference to a device that writes it.
 *
 * It is written in whole records, once in a while, when the program exits without having destroyed
 * the simulator, and when ns-3 aborts it. So a program that is killed leaves a file without half a
 * record, from which at most the last BUFFER_SIZE bytes are missing, or those records that came
 * within FLUSH_INTERVAL of the last write.
 */
class RecordFile : public SimpleRefCount<RecordFile>
{
  public:
    /// How long a record waits, by the wall clock, if others come after it.
    static constexpr std::chrono::milliseconds FLUSH_INTERVAL{100};
    /// About as many bytes wait.
    static constexpr std::size_t BUFFER_SIZE{65536};

    /**
     * @param caller what the message begins with, the name of a method
     * @param path name of the file
     */
    RecordFile(const std::string& caller, const std::string& path);

    ~RecordFile();

    RecordFile(const RecordFile&) = delete;
    RecordFile& operator=(const RecordFile&) = delete;

    /// @return where to write
    std::ostream& GetStream();

    /// Call this when a record is written.
    void EndRecord();

    /// Leave nothing in memory.
    void Flush();

  private:
    /// Which file it is, by whatever name: that of the disk, and of the file there.
    using Identity = std::pair<uint64_t, uint64_t>;

    /// @return the regular files that are open
    static std::set<Identity>& GetOpen();

    /// @return the objects that may have something in memory
    static std::set<RecordFile*>& GetUnwritten();

    /// Have what is still in memory written when the program exits.
    void FlushAtExit();

    /**
     * @return which regular file has the path now, if there is one
     */
    std::optional<Identity> Identify() const;

    /// Write what is still in memory, and let others have the file.
    void Close();

    /**
     * @param succeeded whether the file could be opened or written
     */
    void Check(bool succeeded);

    /// Keeps all in memory until it is flushed: a std::filebuf alone writes when it is full.
    class Buffer : public std::streambuf
    {
      public:
        /**
         * @param path name of the file
         * @return whether it could be opened
         */
        bool Open(const std::string& path);

        /// @return whether the file could be closed
        bool Close();

        /// @return bytes that wait
        std::size_t GetWaiting() const;

      protected:
        /**
         * @param text what is to wait
         * @param size its bytes
         * @return all of them
         */
        std::streamsize xsputn(const char* text, std::streamsize size) override;

        /**
         * @param c a byte that is to wait, or the end of the file
         * @return not the end of the file
         */
        int_type overflow(int_type c) override;

        /// @return 0 if all that waited could be written, or else -1
        int sync() override;

      private:
        std::filebuf m_file;   //!< the file
        std::string m_waiting; //!< what waits
    };

    std::string m_caller;                           //!< what the message begins with
    std::string m_path;                             //!< name of the file
    Buffer m_buffer;                                //!< the file
    std::ostream m_stream{&m_buffer};               //!< writes to it
    std::chrono::steady_clock::time_point m_latest; //!< when it was flushed
    std::optional<Identity> m_identity;             //!< which file it is
    EventId m_end;                                  //!< closes it
    bool m_isOpen{true};                            //!< whether it is not closed yet
};

} // namespace ns3

#endif /* RECORD_FILE_H */
