/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "plot-file.h"

#include "program-error.h"

#include <sstream>

namespace
{

/// Where gnuplot makes the picture. It would take the characters below for its own or the shell's.
std::string
GetPicture(const std::string& prefix)
{
    if (prefix.find_first_of("\"\\`$\n") != std::string::npos)
    {
        throw ProgramError("--plot: '" + prefix + "' has a character that gnuplot would not leave");
    }
    return prefix + ".png";
}

} // namespace

PlotFile::PlotFile(const std::string& prefix, const std::string& title, const std::string& yLabel)
    : m_file(prefix + ".plt"),
      m_plot(GetPicture(prefix), title)
{
    m_plot.SetTerminal("pngcairo size 1000,600 font \"DejaVu Sans,11\"");
    m_plot.SetLegend("simulated time (s)", yLabel);
    m_plot.AppendExtra("set title offset 0,1.5\n"
                       "set tmargin 5\n"
                       "set grid\n"
                       "set key below");
}

ns3::Gnuplot&
PlotFile::GetPlot()
{
    return m_plot;
}

void
PlotFile::Mark(ns3::Time from, ns3::Time to, const std::string& colour, const std::string& label)
{
    const auto begin = from.GetSeconds();
    const auto end = to.GetSeconds();
    std::ostringstream extra;
    extra << "set object rectangle from " << begin << ",graph 0 to " << end
          << ",graph 1 behind fillcolor rgb \"" << colour << "\" fillstyle solid noborder\n"
          << "set label \"" << label << "\" at " << (begin + end) / 2
          << ",graph 1 center offset 0,0.8";
    m_plot.AppendExtra(extra.str());
}

void
PlotFile::Close()
{
    m_plot.GenerateOutput(m_file.GetStream());
    m_file.Close();
}
