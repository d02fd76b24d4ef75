using System.Text;
using Shouldly;
using Splitrail.Experiments;
using Xunit;

namespace Splitrail.Tests.Unit.Experiments;

public sealed class XxHash64Tests
{
    /// <summary>By the reference implementation, libxxhash 0.8.1.</summary>
    [Theory]
    [InlineData("", 0UL, 0xef46db3751d8e999UL)]
    [InlineData("a", 0UL, 0xd24ec4f1a98c6e5bUL)]
    [InlineData("abc", 0UL, 0x44bc2cf5ad770999UL)]
    [InlineData("12345678abcd", 9UL, 0x221815dd32de9e26UL)]
    [InlineData("user-123", 1UL, 0x1343cfcee886c358UL)]
    [InlineData("Ümit", 42UL, 0xa4f8eccb902eb7c7UL)]
    [InlineData("550e8400-e29b-41d4-a716-446655440000", 2654435761UL, 0x381c69d5ac243556UL)]
    public void A_text_has_the_hash_of_the_reference_implementation(string text, ulong seed, ulong expected) =>
        XxHash64.Of(Encoding.UTF8.GetBytes(text), seed).ShouldBe(expected);

    [Theory]
    [InlineData(31, 7UL, 0x3781cea7cb1a961eUL)]
    [InlineData(32, 7UL, 0x3fe32c632942fb04UL)]
    [InlineData(33, 7UL, 0x9fbdbd0345dc39c0UL)]
    [InlineData(100, ulong.MaxValue, 0xbed62dc449c775e9UL)]
    public void So_has_a_text_of_several_stripes(int length, ulong seed, ulong expected) =>
        XxHash64.Of(Encoding.UTF8.GetBytes(new string('x', length)), seed).ShouldBe(expected);
}
