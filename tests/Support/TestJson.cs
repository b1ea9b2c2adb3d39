using System.Text.Json.Serialization;

namespace Calf.Tests.Support;

[JsonSerializable(typeof(string))]
internal sealed partial class TestJson : JsonSerializerContext;
