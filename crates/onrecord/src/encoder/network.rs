//! One network of the model: loaded once, run on the thread that is given.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::NdTensor;

/// Why a network could not be loaded or run: a broken build, never the text.
#[derive(Debug)]
pub(crate) struct ModelFault(pub String);

impl<E: std::error::Error> From<E> for ModelFault {
    fn from(error: E) -> Self {
        ModelFault(error.to_string())
    }
}

pub(super) struct Network<const OUTPUTS: usize> {
    model: Model,
    inputs: Vec<NodeId>,
    outputs: [NodeId; OUTPUTS],
}

impl<const OUTPUTS: usize> Network<OUTPUTS> {
    pub(super) fn load(bytes: &'static [u8], inputs: &[&str], outputs: [&str; OUTPUTS]) -> Result<Self, ModelFault> {
        // Packed once, not for every window: a fifth faster, for twelve megabytes.
        let model = ModelOptions::with_all_ops().prepack_weights(true).load_static_slice(bytes)?;
        let inputs = inputs.iter().map(|name| model.node_id(name)).collect::<Result<_, _>>()?;
        let mut ids = Vec::with_capacity(OUTPUTS);
        for name in outputs {
            ids.push(model.node_id(name)?);
        }
        let outputs =
            ids.try_into().map_err(|_| ModelFault("a network's outputs are not as many as their names".to_owned()))?;
        Ok(Network { model, inputs, outputs })
    }

    /// Runs on `thread`; what comes in and goes out is in the order of the names.
    pub(super) fn run<const INPUTS: usize>(
        &self,
        inputs: [Value; INPUTS],
        thread: &Arc<ThreadPool>,
    ) -> Result<[NdTensor<f32, 3>; OUTPUTS], ModelFault> {
        let inputs = self.inputs.iter().copied().zip(inputs.map(ValueOrView::from)).collect();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(thread)));
        let values = self.model.run_n(inputs, self.outputs, Some(options))?;
        let mut tensors = Vec::with_capacity(OUTPUTS);
        for value in values {
            tensors.push(value.try_into()?);
        }
        tensors.try_into().map_err(|_| ModelFault("a network gave more or less than was asked for".to_owned()))
    }
}
