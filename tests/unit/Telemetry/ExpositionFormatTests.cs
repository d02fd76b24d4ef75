using Microsoft.AspNetCore.Http;
using Shouldly;
using Splitrail.Telemetry;
using Xunit;

namespace Splitrail.Tests.Unit.Telemetry;

public sealed class ExpositionFormatTests
{
    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", ExpositionFormat.OpenMetrics)]
    [InlineData("application/openmetrics-text", ExpositionFormat.OpenMetrics)]
    [InlineData("text/plain;version=0.0.4,application/openmetrics-text;q=0.5", ExpositionFormat.Text)]
    [InlineData("application/openmetrics-text;q=0", ExpositionFormat.Text)]
    [InlineData("text/plain", ExpositionFormat.Text)]
    [InlineData("*/*", ExpositionFormat.Text)]
    [InlineData("nonsense;;", ExpositionFormat.Text)]
    [InlineData("", ExpositionFormat.Text)]
    public void A_scraper_gets_the_format_it_likes_best(string accept, ExpositionFormat format)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;

        ExpositionFormats.AskedFor(request).ShouldBe(format);
    }
}
