using Shouldly;
using Splitrail.RankingSvc.Checks;
using Splitrail.Tests.Unit.Trainer.Ranker;
using Splitrail.Trainer.Ranker.Onnx;
using Xunit;

namespace Splitrail.Tests.Unit.RankingSvc.Checks;

public sealed class WeightScanTests
{
    private const int Half = 10, Double = 11;

    [Fact]
    public void No_bytes_whatever_make_it_throw()
    {
        var whole = RandomRankers.WithStrangers(RandomRankers.Network(1, 6, 8, 1)).ToOnnx(new Dictionary<string, string>());
        var random = new Random(5);
        for (var round = 0; round < 5000; round++)
        {
            var bytes = whole[..random.Next(whole.Length + 1)];
            for (var change = random.Next(6); change > 0 && bytes.Length > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Should.NotThrow(() => WeightScan.FaultOf(bytes));
        }
    }

    [Fact]
    public void Numbers_are_found_in_every_place_a_model_has_them()
    {
        var nan = BitConverter.GetBytes(float.NaN);
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Number(2, 1).Bytes(4, nan))).ShouldNotBeNull();
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Bytes(9, nan).Number(2, 1))).ShouldNotBeNull();
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Bytes(9, [0, 0x7E]).Number(2, Half))).ShouldNotBeNull();
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Bytes(9, BitConverter.GetBytes(double.PositiveInfinity)).Number(2, Double))).ShouldNotBeNull();
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Bytes(9, nan).Number(2, 6))).ShouldBeNull();
        WeightScan.FaultOf(InNode(new ProtoMessage().Bytes(7, nan))).ShouldNotBeNull();
        WeightScan.FaultOf(InNode(new ProtoMessage().Message(6, Graph(new ProtoMessage().Bytes(9, nan).Number(2, 1))))).ShouldNotBeNull();
    }

    [Fact]
    public void A_constant_in_another_file_is_refused() =>
        WeightScan.FaultOf(WithTensor(new ProtoMessage().Text(8, "w").Number(14, 1)))!.ShouldContain("'w' lies in another file");

    [Fact]
    public void Graphs_nested_without_end_are_refused()
    {
        var graph = new ProtoMessage();
        for (var depth = 0; depth < 100; depth++)
            graph = new ProtoMessage().Message(1, new ProtoMessage().Message(5, new ProtoMessage().Message(6, graph)));
        WeightScan.FaultOf(new ProtoMessage().Message(7, graph).ToBytes())!.ShouldContain("nested");
    }

    private static byte[] WithTensor(ProtoMessage tensor) => new ProtoMessage().Message(7, Graph(tensor)).ToBytes();

    private static byte[] InNode(ProtoMessage attribute) =>
        new ProtoMessage().Message(7, new ProtoMessage().Message(1, new ProtoMessage().Message(5, attribute))).ToBytes();

    private static ProtoMessage Graph(ProtoMessage tensor) => new ProtoMessage().Message(5, tensor);
}
