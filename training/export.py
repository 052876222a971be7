"""Trained weights -> the one int8 ONNX file that legation ships.

usage: python -m training.export --weights training/work/reader.pt --out src/legation/language/reader.onnx

In the graph: encoder, names, triggers, and, for every word that could be a trigger, its mode, status and roles.
Weights of matrix products are quantised to int8 in blocks of 128, and activations at run time in blocks of a row
(MatMulNBits): no other sentence in a batch can move a score, and dev figures are those of the float model,
where per-tensor dynamic quantisation lost a point and wavered with the batch. The word embedding is quantised per row.
The vocabulary and the thresholds travel in the file's metadata.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from legation.language.labels import MODES, ROLES, STATUSES, TYPES
from training.model import Batch, Reader, minilm_vocabulary


class Exported(nn.Module):
    """The reader as one function of arrays; always gives at least one candidate (the first word) so that no
    operator sees an empty array."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self,
        pieces: Tensor,
        shapes: Tensor,
        piece_mask: Tensor,
        firsts: Tensor,
        word_mask: Tensor,
        floor: Tensor,
    ) -> tuple[Tensor, ...]:
        """floor (1,): a word is a candidate trigger where its types together are more likely than this."""
        words = self.reader.read_words(Batch(pieces, shapes, piece_mask, firsts, word_mask))
        names = self.reader.find_names(words).argmax(-1)
        types = self.reader.find_triggers(words).softmax(-1)
        candidate = ((1 - types[:, :, 0]) * word_mask) > floor
        at = torch.cat([torch.zeros(1, 2, dtype=torch.long), candidate.nonzero()])
        rows, heads = at[:, 0], at[:, 1]
        kinds = types[rows, heads][:, 1:].argmax(-1) + 1
        mode, status, roles = self.reader.read_event(words, word_mask, rows, heads, kinds)
        return names, types, at, mode, status.softmax(-1), roles.softmax(-1)


INPUTS = ["pieces", "shapes", "piece_mask", "firsts", "word_mask", "floor"]
OUTPUTS = ["names", "types", "at", "modes", "statuses", "roles"]


def export(reader: Reader, path: Path) -> None:
    """Write the float graph."""
    b, t, w = 2, 16, 9
    example = (
        torch.randint(1000, 2000, (b, t)),
        torch.ones(b, t, dtype=torch.long),
        torch.ones(b, t),
        torch.arange(1, w + 1)[None].repeat(b, 1),
        torch.ones(b, w),
        torch.tensor([0.0]),
    )
    axes = {
        **{name: {0: "b", 1: "t"} for name in INPUTS[:3]},
        **{name: {0: "b", 1: "w"} for name in ("firsts", "word_mask", "names", "types")},
        **{name: {0: "e"} for name in ("at", "modes", "statuses")},
        "roles": {0: "e", 1: "w"},
    }
    torch.onnx.export(
        Exported(reader).eval(),
        example,
        str(path),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(path: Path, out: Path) -> None:
    """Write the int8 graph."""
    from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer

    config = DefaultWeightOnlyQuantConfig(block_size=128, is_symmetric=True, accuracy_level=4, bits=8)
    quantizer = MatMulNBitsQuantizer(onnx.load(str(path)), algo_config=config)
    quantizer.process()
    model = quantizer.model.model
    quantise_embedding(model)
    onnx.save(model, str(out))


def quantise_embedding(model: onnx.ModelProto) -> None:
    """Replace the word embedding's gather by gathers of int8 rows and of their scales."""
    graph = model.graph
    table = max(graph.initializer, key=lambda tensor: int(np.prod(tensor.dims)) * (tensor.data_type == 1))
    values = numpy_helper.to_array(table)
    scale = np.abs(values).max(1, keepdims=True).clip(1e-8) / 127
    rows = numpy_helper.from_array(np.round(values / scale).astype(np.int8), table.name + "_rows")
    scales = numpy_helper.from_array(scale.astype(np.float32), table.name + "_scales")
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == table.name)
    at, (index, output) = list(graph.node).index(gather), (gather.input[1], gather.output[0])
    graph.node.remove(gather)
    new = [
        helper.make_node("Gather", [rows.name, index], ["embedding_rows"]),
        helper.make_node("Cast", ["embedding_rows"], ["embedding_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [scales.name, index], ["embedding_scale"]),
        helper.make_node("Mul", ["embedding_float", "embedding_scale"], [output]),
    ]
    for k, node in enumerate(new):
        graph.node.insert(at + k, node)
    graph.initializer.remove(table)
    graph.initializer.extend([rows, scales])


def add_metadata(path: Path, facts: dict[str, str]) -> None:
    """Write facts about the model into the file."""
    model = onnx.load(str(path))
    helper.set_model_props(model, facts)
    onnx.save(model, str(path))


def main() -> None:
    """Read the arguments, export, quantise, describe."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, default=Path("training/work/reader.pt"))
    parser.add_argument("--out", type=Path, default=Path("src/legation/language/reader.onnx"))
    parser.add_argument("--about", type=Path, default=Path("training/about.json"), help="thresholds and name")
    options = parser.parse_args()
    reader = Reader()
    reader.load_state_dict(torch.load(options.weights, weights_only=True))
    whole = options.out.with_suffix(".float.onnx")
    export(reader, whole)
    quantise(whole, options.out)
    whole.unlink()
    about = json.loads(options.about.read_text()) if options.about.exists() else {}
    labels = {"types": TYPES, "modes": MODES, "statuses": STATUSES, "roles": ROLES}
    add_metadata(
        options.out,
        {
            "vocabulary": "\n".join(minilm_vocabulary()),
            "labels": json.dumps(labels),
            **{key: json.dumps(value) for key, value in about.items()},
        },
    )
    digest = hashlib.sha256(options.out.read_bytes()).hexdigest()
    options.out.with_suffix(".sha256").write_text(f"{digest}  {options.out.name}\n")
    print(options.out, options.out.stat().st_size / 1e6, "MB")


if __name__ == "__main__":
    main()
