/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include "ns3/lo-net-device.h"
#include "ns3/pcap-file-wrapper.h"

#include <fstream>
#include <optional>
#include <ostream>
#include <string>

/**
 * A text file that a program writes. That it can not be opened or written comes as a ProgramError,
 * but only from the constructor and from Close: an event of ns-3 can write to it as if all was
 * well.
 */
class OutputFile
{
  public:
    /**
     * @param path name of the file
     */
    explicit OutputFile(const std::string& path);

    /**
     * @return where to write
     */
    std::ostream& GetStream();

    /// Write what is still in memory. What could not be written is only known after this.
    void Close();

  private:
    /// Remembers that a std::filebuf failed. What comes after that, or after Close, as of devices
    /// that are disposed of, goes nowhere.
    class Buffer : public std::filebuf
    {
      public:
        /**
         * @param path name of the file
         */
        explicit Buffer(const std::string& path);

        /// Write what is still in memory.
        void Close();

      protected:
        std::streamsize xsputn(const char* text, std::streamsize size) override;
        int_type overflow(int_type c) override;
        int sync() override;

      private:
        /**
         * Take no more after a failure.
         * @param succeeded whether there was none
         */
        void Check(bool succeeded);

        std::string m_path;         //!< name of the file
        bool m_isOpen{true};        //!< whether it takes more
        std::optional<int> m_error; //!< errno of a failure
    };

    Buffer m_buffer;                  //!< the file
    std::ostream m_stream{&m_buffer}; //!< writes to it
};

/**
 * A capture of what crosses a loopback device. LoHelper::EnablePcap does the same in one line, but
 * ends a program that it can not write the file for by an abort, not by a ProgramError.
 */
class CaptureFile
{
  public:
    /**
     * @param path name of the file
     * @param device the device
     */
    CaptureFile(const std::string& path, ns3::Ptr<ns3::LoNetDevice> device);

    /**
     * Make sure that what has the name can be written, and leave it as it is. That it can not comes
     * as a ProgramError.
     * @param path name of something that is there
     */
    static void CheckExisting(const std::string& path);

    /// Write what is still in memory. What could not be written is only known after this.
    void Close();

  private:
    std::string m_path;                    //!< name of the file
    ns3::Ptr<ns3::PcapFileWrapper> m_file; //!< the file
};

/// Make sure that all that was printed got where stdout goes.
void FlushStandardOutput();

/**
 * @param what what could not be done
 * @param path to what file
 * @throws ProgramError always, with the reason that errno gives
 */
[[noreturn]] void ThrowFileError(const std::string& what, const std::string& path);

#endif /* OUTPUT_FILE_H */
