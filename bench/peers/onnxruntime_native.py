"""ONNX Runtime's native library through Python, for where the npm package does not install. Inference only."""

import onnxruntime
from mnist import load_images
from protocol import answer, report, report_inference


def session(job):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = job["threads"]
    options.inter_op_num_threads = 1
    running = onnxruntime.InferenceSession(job["onnx"], options, providers=["CPUExecutionProvider"])
    return lambda images: running.run(None, {"images": images})[0]


def versions(_):
    report(versions={"onnxruntime": onnxruntime.__version__})


def check(job):
    probabilities = session(job)(load_images(job["data"], "test", job["images"])[0])
    report(probabilities=probabilities.ravel().tolist(), losses=[])


def infer(job):
    images, _ = load_images(job["data"], "test", max(job["batchSizes"]))
    report_inference(job, session(job), images)


answer(versions=versions, check=check, infer=infer)
