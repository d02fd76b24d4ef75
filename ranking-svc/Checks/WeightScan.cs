using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Splitrail.RankingSvc.Checks;

/// <summary>
/// Looks through the numbers of an ONNX model. A NaN in a hidden layer can vanish in a ReLU and leave scores that look like scores, so running the
/// model does not find it. Field numbers are those of onnx.proto.
/// </summary>
internal static class WeightScan
{
    private const int MostNested = 16;
    private const ulong FloatType = 1, HalfType = 10, DoubleType = 11;

    /// <summary>Null when every constant is a finite number and lies in the file itself.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> model)
    {
        try
        {
            return InModel(model);
        }
        catch (InvalidDataException cut)
        {
            return $"it is cut short or no ONNX model: {cut.Message}";
        }
    }

    private static string? InModel(ReadOnlySpan<byte> model)
    {
        string? fault = null;
        var graphs = 0;
        for (var fields = new WireReader(model); fault is null && fields.Next();)
        {
            if (fields.Field == 7)
                (fault, graphs) = (InGraph(fields.Bytes, 0), graphs + 1);
        }

        return fault ?? (graphs == 1 ? null : "it is cut short or no ONNX model: it has no graph");
    }

    private static string? InGraph(ReadOnlySpan<byte> graph, int depth)
    {
        if (depth > MostNested)
            return $"its graphs are nested more than {MostNested} deep";
        string? fault = null;
        for (var fields = new WireReader(graph); fault is null && fields.Next();)
        {
            fault = fields.Field switch
            {
                1 => InNode(fields.Bytes, depth),
                5 => InTensor(fields.Bytes),
                _ => null,
            };
        }

        return fault;
    }

    private static string? InNode(ReadOnlySpan<byte> node, int depth)
    {
        string? fault = null;
        for (var fields = new WireReader(node); fault is null && fields.Next();)
        {
            if (fields.Field == 5)
                fault = InAttribute(fields.Bytes, depth);
        }

        return fault;
    }

    private static string? InAttribute(ReadOnlySpan<byte> attribute, int depth)
    {
        string? fault = null;
        for (var fields = new WireReader(attribute); fault is null && fields.Next();)
        {
            fault = fields.Field switch
            {
                2 or 7 => Singles(fields.Bytes) ? null : "an attribute is not a finite number",
                5 => InTensor(fields.Bytes),
                6 or 11 => InGraph(fields.Bytes, depth + 1),
                _ => null,
            };
        }

        return fault;
    }

    private static string? InTensor(ReadOnlySpan<byte> tensor)
    {
        ulong type = 0;
        var name = "";
        for (var fields = new WireReader(tensor); fields.Next();)
        {
            if (fields.Field == 2)
                type = fields.Number;
            else if (fields.Field == 8)
                name = System.Text.Encoding.UTF8.GetString(fields.Bytes[..Math.Min(80, fields.Bytes.Length)]);
            else if (fields.Field == 14 && fields.Number != 0)
                return $"its constant '{name}' lies in another file";
        }

        for (var fields = new WireReader(tensor); fields.Next();)
        {
            var finite = fields.Field switch
            {
                4 => Singles(fields.Bytes),
                9 => Raw(type, fields.Bytes),
                10 => Doubles(fields.Bytes),
                _ => true,
            };
            if (!finite)
                return $"its constant '{name}' has a value that is not a finite number";
        }

        return null;
    }

    private static bool Raw(ulong type, ReadOnlySpan<byte> bytes) => type switch
    {
        FloatType => Singles(bytes),
        HalfType => Halves(bytes),
        DoubleType => Doubles(bytes),
        _ => true,
    };

    private static bool Singles(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in MemoryMarshal.Cast<byte, float>(bytes))
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }

    private static bool Halves(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 2 <= bytes.Length; at += 2)
        {
            if (!Half.IsFinite(BinaryPrimitives.ReadHalfLittleEndian(bytes[at..])))
                return false;
        }

        return true;
    }

    private static bool Doubles(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 8 <= bytes.Length; at += 8)
        {
            if (!double.IsFinite(BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..])))
                return false;
        }

        return true;
    }
}
