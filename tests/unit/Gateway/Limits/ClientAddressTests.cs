using System.Net;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Splitrail.Gateway.Limits;
using Xunit;

namespace Splitrail.Tests.Unit.Gateway.Limits;

public sealed class ClientAddressTests
{
    private const string Header = "X-Forwarded-For";

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("203.0.113.9, 192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    public void The_proxy_in_front_says_who_asks(string header, string client) => Of(header, Header).ShouldBe(client);

    [Theory]
    [InlineData("not an address", Header)]
    [InlineData("", Header)]
    [InlineData("192.0.2.7", null)]
    public void Without_a_header_that_says_so_it_is_the_other_end_of_the_connection(string value, string? header) => Of(value, header).ShouldBe("198.51.100.1");

    private static string Of(string value, string? header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("198.51.100.1");
        context.Request.Headers[Header] = value;
        return ClientAddress.Of(context, header);
    }
}
