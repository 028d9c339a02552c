/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "series-files.h"

SeriesFiles::SeriesFiles(const SeriesOptions& options,
                         const std::string& title,
                         const std::string& yLabel)
{
    if (!options.series.empty())
    {
        m_series.emplace(options.series);
    }
    if (!options.plot.empty())
    {
        m_plot.emplace(options.plot, title, yLabel);
    }
}
