/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PROGRAM_OPTIONS_H
#define PROGRAM_OPTIONS_H

#include "ns3/nstime.h"

#include <boost/program_options.hpp>
#include <cstdint>
#include <string>
#include <vector>

/**
 * The options of a program, from its command line and from a file, with every value checked, and
 * ns-3's own: attribute defaults such as --ns3::LoNetDevice::Mtu=1500 and global values such as
 * --RngRun=3.
 *
 * Every variable keeps the value that it has if its option is not given.
 */
class ProgramOptions
{
  public:
    /**
     * @param usage what --help prints before the options
     * @param examples what --help prints after the options
     */
    ProgramOptions(const std::string& usage, const std::string& examples);

    /**
     * Add an option that is a whole number.
     * @param name the option
     * @param variable where its value goes
     * @param min the smallest value that is valid
     * @param max the largest value that is valid
     * @param help what --help says of it
     */
    void AddInteger(const std::string& name,
                    uint64_t& variable,
                    uint64_t min,
                    uint64_t max,
                    const std::string& help);

    /**
     * Add an option that is a number of bytes, such as 1500, 64k, 100M or 1G, in powers of 1000.
     * @copydetails AddInteger
     */
    void AddBytes(const std::string& name,
                  uint64_t& variable,
                  uint64_t min,
                  uint64_t max,
                  const std::string& help);

    /**
     * Add an option that is a rate in bit/s, such as 64k, 100M or 1G, in powers of 1000.
     * @copydetails AddInteger
     */
    void AddRate(const std::string& name,
                 uint64_t& variable,
                 uint64_t min,
                 uint64_t max,
                 const std::string& help);

    /**
     * Add an option that is a time above 0 and of a day at most, such as 200ms or, in seconds, 0.2.
     * @param name the option
     * @param variable where its value goes
     * @param help what --help says of it
     */
    void AddTime(const std::string& name, ns3::Time& variable, const std::string& help);

    /**
     * Add an option that may have any value but the empty one.
     * @param name the option
     * @param placeholder what --help calls its value
     * @param variable where its value goes
     * @param help what --help says of it
     */
    void AddText(const std::string& name,
                 const std::string& placeholder,
                 std::string& variable,
                 const std::string& help);

    /**
     * Add --plot, for a program that draws a PlotFile.
     * @param prefix where its value goes
     */
    void AddPlot(std::string& prefix);

    /**
     * Add an option that takes no value on the command line.
     * @param name the option
     * @param variable becomes true if it is given
     * @param help what --help says of it
     */
    void AddSwitch(const std::string& name, bool& variable, const std::string& help);

    /**
     * Refuse an option together with the attribute that says the same.
     * @param name the option
     * @param type a type of ns-3's
     * @param attribute the type's attribute
     */
    void RefuseBoth(const std::string& name, const std::string& type, const std::string& attribute);

    /**
     * Refuse an attribute that the program sets itself, to what an option says.
     * @copydetails RefuseBoth
     */
    void RefuseAttribute(const std::string& name,
                         const std::string& type,
                         const std::string& attribute);

    /**
     * Take what stands without an option name on the command line as an option's value.
     * @param name the option
     */
    void SetPositional(const std::string& name);

    /**
     * Read the command line and then the file that --config names, whose values only count where
     * the command line says nothing. What is wrong comes as a ProgramError.
     * @param argc main's argument
     * @param argv main's argument
     * @return false if --help was asked for, and printed
     */
    bool Read(int argc, char* argv[]);

  private:
    /**
     * @param argc main's argument
     * @param argv main's argument
     * @param options what may be there; the result refers to it
     * @return what is on the command line
     */
    boost::program_options::parsed_options ParseCommandLine(
        int argc,
        char* argv[],
        const boost::program_options::options_description& options) const;

    /**
     * @param path name of a configuration file
     * @param values where the options that are in it go
     */
    void ReadConfig(const std::string& path, boost::program_options::variables_map& values) const;

    /// An attribute that says what an option says.
    struct Rival
    {
        std::string option;    //!< the option
        std::string type;      //!< the attribute's type
        std::string attribute; //!< the attribute
        bool alone;            //!< whether the attribute may be given, without the option
    };

    /**
     * Check that of an option and its rivals one is given.
     * @param values what has been given of the program's options
     */
    void CheckRivals(const boost::program_options::variables_map& values) const;

    std::string m_usage;      //!< what --help prints before the options
    std::string m_examples;   //!< what --help prints after the options
    std::string m_positional; //!< the option that needs no name; empty for none
    boost::program_options::options_description m_options; //!< the program's options
    std::vector<Rival> m_rivals;                           //!< attributes that options stand for
};

#endif /* PROGRAM_OPTIONS_H */
